/**
 * Exact k nearest neighbours among 8-bit images.
 *
 * @module
 */
export { bruteForce, type BruteForceOptions } from "./brute_force.ts";
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
export { type Survivors, survivors } from "./survivors.ts";
export { type VoteWeights } from "./vote.ts";
