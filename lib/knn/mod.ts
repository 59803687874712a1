/**
 * Exact k nearest neighbours among 8-bit images.
 *
 * @module
 */
export { hammingDistance, squaredEuclideanDistance } from "./distances.ts";
export { edgeFeatures, type EdgeFeaturesOptions } from "./edge_features.ts";
export {
  KNeighborsClassifier,
  type KNeighborsOptions,
  type NeighborsOptions,
} from "./k_neighbors_classifier.ts";
export { LearnedMetric } from "./learned_metric.ts";
export { learnMetric, type LearnMetricOptions } from "./learn_metric.ts";
export { nearestOfViews } from "./nearest_of_views.ts";
export { type Nearest, type SearchResult, type SearchWork } from "./nearest.ts";
export { predictionsByK, type PredictionsOfK } from "./predictions_by_k.ts";
export { type VoteWeights } from "./vote.ts";
