/** The 97.5 % quantile of the standard normal distribution: 2.5 % lie beyond it on each side. */
const NORMAL_QUANTILE = 1.959963984540054;

/**
 * The 95 % score interval of a proportion: `[low, high]`, each 0..1.
 *
 * Unlike the textbook interval `p ± 1.96 sd` it stays within 0..1 and keeps its coverage
 * for proportions near 0 and 1. (E. B. Wilson, "Probable Inference, the Law of
 * Succession, and Statistical Inference", JASA 22 (1927), 209–212; without continuity
 * correction.)
 *
 * @param successes The number of successes, 0..trials. It need not be whole: a mean over
 *   runs times `trials` gives the interval of one run around that mean.
 * @param trials The number of trials, a whole number of at least 1.
 * @throws {RangeError} If either is out of range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { wilsonInterval } from "./mod.ts";
 *
 * const [low, high] = wilsonInterval(8_554, 10_000);
 * assertAlmostEquals(low, 0.8484, 1e-4);
 * assertAlmostEquals(high, 0.8622, 1e-4);
 * ```
 */
export function wilsonInterval(successes: number, trials: number): [low: number, high: number] {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(
      `Cannot compute an interval: trials is ${trials}, expected a whole number of at least 1`,
    );
  }
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(
      `Cannot compute an interval: successes is ${successes}, expected 0 to ${trials}`,
    );
  }
  const proportion = successes / trials;
  const z2 = NORMAL_QUANTILE ** 2;
  const centre = (successes + z2 / 2) / (trials + z2);
  const margin = NORMAL_QUANTILE / (trials + z2) *
    Math.sqrt(trials * proportion * (1 - proportion) + z2 / 4);
  // At 0 and at `trials` the exact bound is 0 or 1, which rounding may overstep.
  return [Math.max(0, centre - margin), Math.min(1, centre + margin)];
}
