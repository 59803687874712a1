import { assertFinite, rowCount } from "./rows.ts";

/**
 * The softmax of each row: `exp(x) / Σ exp(x)`, numbers from 0 to 1 that add up to 1. The greatest
 * logit of a row is taken from all of them first, which changes nothing and avoids overflow.
 *
 * @param logits Row-major, `[count, classes]`.
 * @param options.temperature Divides the logits, 1 if not given: above 1 the probabilities become
 *   more even, below 1 less; their order stays. {@linkcode fitTemperature} finds one.
 * @returns Probabilities, `[count, classes]`.
 * @throws {RangeError} If the length is no multiple of `classes`, `classes` is not 1..256, a logit
 *   is not finite, or `temperature` is not a finite number above 0.
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
  { classes = 10, temperature = 1 }: {
    readonly classes?: number;
    readonly temperature?: number;
  } = {},
): Float32Array {
  const action = "compute probabilities";
  rowCount(logits, { action, classes });
  assertFinite(logits, { action, classes });
  if (!Number.isFinite(temperature) || temperature <= 0) {
    throw new RangeError(
      `Cannot ${action}: temperature is ${temperature}, expected a finite number above 0`,
    );
  }
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const greatest = Math.max(...row);
    const powers = row.map((logit) => Math.exp((logit - greatest) / temperature));
    const sum = powers.reduce((a, b) => a + b);
    probabilities.set(powers.map((power) => power / sum), start);
  }
  return probabilities;
}
