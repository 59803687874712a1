import type { Pair } from "./compare_pairs.ts";

/** Below it the corrected p-value of a difference makes it significant. */
const SIGNIFICANT = 0.05;

/** Pairs of classifiers as text under named columns, for lib/figures' `table`. */
export function pairRows(
  pairs: readonly Pair[],
  { images = 10_000 }: { readonly images?: number } = {},
): Record<string, string | number>[] {
  return pairs.map(({ a, b, onlyACorrect, onlyBCorrect, adjustedPValue }) => ({
    first: a,
    second: b,
    "only first right": onlyACorrect,
    "only second right": onlyBCorrect,
    "second ahead, points": (100 * (onlyBCorrect - onlyACorrect) / images).toFixed(2),
    "p, corrected": adjustedPValue < 1e-4 ? "below 0.0001" : adjustedPValue.toFixed(4),
    [`below ${SIGNIFICANT}`]: adjustedPValue < SIGNIFICANT ? "yes" : "no",
  }));
}

/**
 * How often each classifier of some pairs was right where another was wrong,
 * `matrix[right][wrong]`, in the order of `ids`; 0 on the diagonal.
 */
export function rightWhereWrong(pairs: readonly Pair[], ids: readonly string[]): number[][] {
  return ids.map((right) =>
    ids.map((wrong) => {
      for (const { a, b, onlyACorrect, onlyBCorrect } of pairs) {
        if (a === right && b === wrong) return onlyACorrect;
        if (b === right && a === wrong) return onlyBCorrect;
      }
      return 0;
    })
  );
}
