/**
 * Holm's correction for several tests at once: adjusted p-values, in the order given. Whoever
 * calls those below 0.05 significant is wrong about any of them with a probability of at most
 * 0.05, whatever the tests have to do with each other.
 *
 * The smallest p-value is multiplied by the number of tests, the next by one less, and so on; none
 * becomes smaller than one before it, or greater than 1. (S. Holm, "A simple sequentially
 * rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65–70.)
 *
 * @param pValues Probabilities, each 0..1.
 * @throws {RangeError} If one is not.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { holm } from "./mod.ts";
 *
 * assertEquals(holm([0.5, 0.125, 0.25]), [0.5, 0.375, 0.5]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong !== -1) {
    throw new RangeError(
      `Cannot correct p-values: number ${wrong} is ${pValues[wrong]}, expected 0 to 1`,
    );
  }
  const order = [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let greatest = 0;
  order.forEach((test, rank) => {
    greatest = Math.max(greatest, Math.min(1, (pValues.length - rank) * pValues[test]));
    adjusted[test] = greatest;
  });
  return adjusted;
}
