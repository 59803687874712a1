/**
 * The benchmark table: measured runs and published figures in, rows out, and the rows
 * as text, Markdown or JSON.
 *
 * @module
 */
export { type AblationRun, runVariation, type Variation, variations } from "./ablation.ts";
export { type Ablation, readAblation, writeAblation } from "./ablation_file.ts";
export { ablationRows, type AblationView, secondsPoints } from "./ablation_rows.ts";
export { accuracyPoints, type CostedRow } from "./accuracy_points.ts";
export { comparePairs, type Pair } from "./compare_pairs.ts";
export { comparisonRows, differenceRows } from "./comparison_rows.ts";
export { KNN_IDS, KNN_RECIPES, type KnnId, type KnnRecipe } from "./knn_recipes.ts";
export { JsonFields } from "./json_fields.ts";
export { learningPoints } from "./learning_points.ts";
export { measuredRows } from "./measured_rows.ts";
export { formatJson, formatMarkdown, formatText } from "./format.ts";
export { measureKnn, type MeasureKnnOptions } from "./measure_knn.ts";
export { differences, measureNetwork, type MeasureNetworkOptions } from "./measure_network.ts";
export { MODEL_OF_ROW, NETWORK_ROW_IDS, type NetworkRowId, networkRowOf } from "./network_rows.ts";
export { pairRows, rightWhereWrong } from "./pair_rows.ts";
export { parseRunResult } from "./parse_run_result.ts";
export {
  commitOf,
  type Machine,
  type Provenance,
  provenance,
  UNKNOWN_COMMIT,
  versionsOf,
} from "./provenance.ts";
export { recordRows } from "./record_rows.ts";
export {
  appendRecord,
  reachesTarget,
  readRecords,
  RECORD_GOALS,
  RECORD_IDS,
  type RecordId,
  type TrainingRecord,
} from "./records.ts";
export { type Recheck, recheck } from "./recheck.ts";
export { type Published, type Reference, REFERENCES } from "./reference.ts";
export { readResults, writeResult } from "./results.ts";
export { type BenchmarkRow, benchmarkRows } from "./rows.ts";
export {
  accuracyOf,
  isKnnId,
  isKnnResult,
  type KnnResult,
  type NetworkResult,
  ROW_IDS,
  type RowId,
  type RunResult,
  type SavedWeights,
  stringifyRunResult,
} from "./run_result.ts";
export { verifySums, writeSums } from "./sums.ts";
