import { assertLabelled, rowCount } from "./rows.ts";

/**
 * The class of the greatest logit of each row; of equal ones the smallest class, as NumPy's
 * and TensorFlow's argmax have it.
 *
 * @param logits Row-major values, `[count, classes]`.
 * @returns Classes, `[count]`.
 * @throws {RangeError} If the length is no multiple of `classes`, `classes` is not 1..256,
 *   or a logit is NaN.
 */
export function argmaxRows(
  logits: Float32Array,
  { classes = 10 }: { classes?: number } = {},
): Uint8Array {
  const count = rowCount(logits, { action: "find the greatest logits", classes });
  return Uint8Array.from({ length: count }, (_, row) => {
    let best = 0;
    for (let c = 0; c < classes; c++) {
      const logit = logits[row * classes + c];
      if (Number.isNaN(logit)) {
        throw new RangeError(
          `Cannot find the greatest logits: image ${row}, class ${c} is NaN, expected a number`,
        );
      }
      if (logit > logits[row * classes + best]) best = c;
    }
    return best;
  });
}

/**
 * Sparse categorical cross-entropy from logits, the mean over the rows in nats: what
 * Keras's `SparseCategoricalCrossentropy(from_logits=True)` gives, but summed in float64.
 *
 * @param logits Row-major values, `[count, classes]`.
 * @param labels True classes, `[count]`, each in 0..classes-1.
 * @throws {RangeError} If the shapes do not fit, there are no rows, a label is out of range
 *   or a logit is not finite.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { sparseCategoricalCrossentropy } from "./mod.ts";
 *
 * const uniform = sparseCategoricalCrossentropy(new Float32Array(10), Uint8Array.of(3));
 * assertAlmostEquals(uniform, Math.log(10));
 * ```
 */
export function sparseCategoricalCrossentropy(
  logits: Float32Array,
  labels: Uint8Array,
  { classes = 10 }: { classes?: number } = {},
): number {
  const action = "compute the cross-entropy";
  assertLabelled(logits, labels, { action, classes });
  let sum = 0;
  labels.forEach((label, row) => {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const loss = logSumExp(scores) - scores[label];
    if (!Number.isFinite(loss)) {
      throw new RangeError(
        `Cannot ${action}: logits of image ${row} are ${
          scores.join(", ")
        }, expected finite numbers`,
      );
    }
    sum += loss;
  });
  return sum / labels.length;
}

/** `log(Σ exp(x))` without overflow: the greatest value is taken out of the sum first. */
function logSumExp(values: Float32Array): number {
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return greatest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - greatest), 0));
}
