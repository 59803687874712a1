/**
 * The softmax of each row: `exp(x) / Σ exp(x)`, positive numbers that add up to 1. The greatest
 * logit of a row is taken from all of them first, which changes nothing and avoids overflow.
 *
 * @param logits Row-major, `[count, classes]`.
 * @returns Probabilities, `[count, classes]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { softmaxRows } from "./mod.ts";
 *
 * assertEquals(softmaxRows(Float32Array.of(1000, 1000), { classes: 2 }), Float32Array.of(0.5, 0.5));
 * ```
 */
export function softmaxRows(
  logits: Float32Array,
  { classes = 10 }: { readonly classes?: number } = {},
): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const greatest = Math.max(...row);
    const powers = row.map((logit) => Math.exp(logit - greatest));
    const sum = powers.reduce((a, b) => a + b);
    probabilities.set(powers.map((power) => power / sum), start);
  }
  return probabilities;
}
