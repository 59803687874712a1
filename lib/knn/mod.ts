/**
 * Exact k nearest neighbours among 8-bit images.
 *
 * @module
 */
export { hammingDistance, squaredEuclideanDistance } from "./distances.ts";
export {
  KNeighborsClassifier,
  type KNeighborsOptions,
  type NeighborsOptions,
} from "./k_neighbors_classifier.ts";
export { type Nearest, type SearchResult, type SearchWork } from "./nearest.ts";
export { predictionsByK, type PredictionsOfK } from "./predictions_by_k.ts";
export { type VoteWeights } from "./vote.ts";
