import { assertSameLength } from "./accuracy.ts";

/** What tells two classifiers apart on the same images. */
export interface McnemarTest {
  /** The number of images that only the first classifier gets right. */
  readonly onlyACorrect: number;
  /** The number of images that only the second classifier gets right. */
  readonly onlyBCorrect: number;
  /** The probability, 0..1, of a split at least as uneven if both were equally good. */
  readonly pValue: number;
}

/**
 * McNemar's exact test: are two classifiers equally accurate on the same images?
 *
 * Images that both get right or both get wrong say nothing. Of the others each classifier
 * should win half, so their split is compared with a fair coin by the two-sided binomial
 * test. (Q. McNemar, "Note on the sampling error of the difference between correlated
 * proportions or percentages", Psychometrika 12 (1947), 153–157; the exact form.)
 *
 * @param predictionsA Classes predicted by the first classifier, `[count]`.
 * @param predictionsB Classes predicted by the second, `[count]`, for the same images.
 * @param labels True classes, `[count]`.
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { mcnemarExact } from "./mod.ts";
 *
 * const labels = Uint8Array.of(1, 1, 1, 1, 1);
 * const a = Uint8Array.of(1, 1, 1, 1, 0);
 * const b = Uint8Array.of(0, 0, 0, 1, 0);
 * // Three heads in three tosses, or three tails: 2 / 2³.
 * assertAlmostEquals(mcnemarExact(a, b, labels).pValue, 0.25);
 * ```
 */
export function mcnemarExact(
  predictionsA: Uint8Array,
  predictionsB: Uint8Array,
  labels: Uint8Array,
): McnemarTest {
  assertSameLength("compare two classifiers", predictionsA, labels);
  assertSameLength("compare two classifiers", predictionsB, labels);
  let onlyACorrect = 0;
  let onlyBCorrect = 0;
  labels.forEach((label, i) => {
    const a = predictionsA[i] === label;
    const b = predictionsB[i] === label;
    if (a && !b) onlyACorrect++;
    if (b && !a) onlyBCorrect++;
  });
  return { onlyACorrect, onlyBCorrect, pValue: fairCoinTest(onlyACorrect, onlyBCorrect) };
}

/** The two-sided p-value of a split of `heads + tails` tosses of a fair coin. */
function fairCoinTest(heads: number, tails: number): number {
  const fewer = Math.min(heads, tails);
  const more = Math.max(heads, tails);
  const tosses = fewer + more;
  // The probability of exactly `fewer`, by its logarithm: 2^-tosses alone underflows
  // from 1,075 tosses on.
  let logProbability = -tosses * Math.LN2;
  for (let i = 1; i <= fewer; i++) logProbability += Math.log((more + i) / i);
  let probability = Math.exp(logProbability);
  let tail = 0;
  for (let i = fewer; i >= 0; i--) {
    tail += probability;
    probability *= i / (tosses - i + 1);
  }
  // The coin is fair, so the other tail is as heavy. Both hold the middle of an even split.
  return Math.min(1, 2 * tail);
}
