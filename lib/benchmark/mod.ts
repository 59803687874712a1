/**
 * The benchmark table: measured runs and published figures in, rows out, and the rows
 * as text, Markdown or JSON.
 *
 * @module
 */
export { formatJson, formatMarkdown, formatText } from "./format.ts";
export { parseRunResult } from "./parse_run_result.ts";
export { type Published, type Reference, REFERENCES } from "./reference.ts";
export { readResults, writeResult } from "./results.ts";
export { type BenchmarkRow, benchmarkRows } from "./rows.ts";
export {
  accuracyOf,
  type CommittedWeights,
  type Epoch,
  type KnnRecipe,
  type KnnResult,
  type Machine,
  MODEL_IDS,
  type NetworkRecipe,
  type NetworkResult,
  type RunResult,
  stringifyRunResult,
} from "./run_result.ts";
export { verifySums, writeSums } from "./sums.ts";
