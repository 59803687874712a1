import { rowCount } from "./logits.ts";

/**
 * The softmax of each row: `exp(x) / Σ exp(x)`, numbers from 0 to 1 that add up to 1. The greatest
 * logit of a row is taken from all of them first, which changes nothing and avoids overflow.
 *
 * @param logits Row-major, `[count, classes]`.
 * @returns Probabilities, `[count, classes]`.
 * @throws {RangeError} If the length is no multiple of `classes`, `classes` is not 1..256, or a
 *   logit is not finite.
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
  const action = "compute probabilities";
  rowCount(action, logits, classes);
  const position = logits.findIndex((logit) => !Number.isFinite(logit));
  if (position !== -1) {
    throw new RangeError(
      `Cannot ${action}: image ${Math.floor(position / classes)}, class ${position % classes} is ` +
        `${logits[position]}, expected a finite number`,
    );
  }
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
