/**
 * The squared Euclidean distance: the sum of the squares of the differences. Without the root the
 * order of distances is the same, and whole numbers stay whole.
 *
 * @param a Values `[size]`.
 * @param b As many values.
 * @throws {RangeError} If their lengths differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { squaredEuclideanDistance } from "./mod.ts";
 *
 * assertEquals(squaredEuclideanDistance([0, 0], [3, 4]), 25);
 * ```
 */
export function squaredEuclideanDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertSameSize(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/**
 * The Hamming distance: at how many places two lists differ, however much. (R. W. Hamming, "Error
 * detecting and error correcting codes", Bell System Technical Journal 29 (1950), 147–160.)
 *
 * @param a Values `[size]`.
 * @param b As many values.
 * @throws {RangeError} If their lengths differ.
 */
export function hammingDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertSameSize(a, b);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

function assertSameSize(a: ArrayLike<number>, b: ArrayLike<number>): void {
  if (a.length !== b.length) {
    throw new RangeError(
      `Cannot measure a distance: there are ${a.length} and ${b.length} values, expected as many`,
    );
  }
}
