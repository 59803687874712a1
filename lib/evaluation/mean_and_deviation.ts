/**
 * The mean of some values and their sample standard deviation (divided by n − 1), which
 * one value does not have: `null`.
 *
 * @throws {RangeError} If there are no values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { meanAndDeviation } from "./mod.ts";
 *
 * assertEquals(meanAndDeviation([1, 2, 3]), { mean: 2, sd: 1 });
 * assertEquals(meanAndDeviation([5]), { mean: 5, sd: null });
 * ```
 */
export function meanAndDeviation(values: readonly number[]): { mean: number; sd: number | null } {
  if (values.length === 0) {
    throw new RangeError("Cannot compute a mean: there are 0 values, expected at least 1");
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, sd: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}
