import { holm, mcnemarExact, type McnemarTest } from "../evaluation/mod.ts";
import { ROW_IDS, type RowId, type RunResult } from "./run_result.ts";

/** Two classifiers on the same test images. */
export interface Pair extends McnemarTest {
  /** The first of the table's two rows. */
  readonly a: RowId;
  readonly b: RowId;
  /** McNemar's p-value, corrected by Holm's method for the number of pairs. */
  readonly adjustedPValue: number;
}

/**
 * Compares every two measured classifiers by McNemar's exact test on the predictions of one run
 * each, the one with the smallest seed, and corrects the p-values for their number by Holm's method.
 *
 * @param results Measured runs.
 * @param labels True classes of the test set, `[10000]`.
 */
export function comparePairs(results: readonly RunResult[], labels: Uint8Array): Pair[] {
  const runs = ROW_IDS.flatMap((id) => {
    const ofRow = results.filter(({ model }) => model === id);
    return ofRow.length === 0
      ? []
      : [ofRow.reduce((a, b) => (b.seed ?? 0) < (a.seed ?? 0) ? b : a)];
  });
  const pairs = runs.flatMap((a, i) =>
    runs.slice(i + 1).map((b) => ({
      a: a.model,
      b: b.model,
      ...mcnemarExact(a.test.predictions, b.test.predictions, labels),
    }))
  );
  const adjusted = holm(pairs.map(({ pValue }) => pValue));
  return pairs.map((pair, i) => ({ ...pair, adjustedPValue: adjusted[i] }));
}
