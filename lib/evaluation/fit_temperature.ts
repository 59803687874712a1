import { assertFinite, assertLabelled } from "./rows.ts";

const ACTION = "fit a temperature";

/**
 * The temperature whose probabilities fit the labels best: the `T` above 0 that minimises the
 * cross-entropy of `logits / T`. Above 1 the classifier is surer than it should be, below 1 less
 * sure. No prediction changes by it. Fit it on validation images, never on those it is judged by.
 *
 * The cross-entropy is convex in `1 / T`, so that its only minimum is where its slope changes sign;
 * that place is bisected, in float64, until no number lies between the two ends. (C. Guo et al.,
 * "On Calibration of Modern Neural Networks", 2017, section 4.2.)
 *
 * @param logits Row-major, `[count, classes]`.
 * @param labels True classes, `[count]`, each in 0..classes-1.
 * @throws {RangeError} If the shapes do not fit, there are no rows, a label is out of range or a
 *   logit is not finite. Also where there is no minimum: if no label's logit is below the greatest
 *   of its row, the cross-entropy falls until `T` is 0; if the labels' logits are no greater than
 *   the average logit, it falls until `T` is infinite.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { fitTemperature } from "./mod.ts";
 *
 * // It says e² : 1 = 88 % each time and is right in 3 of 4: 75 % = 3 : 1 = e^(2 / T) : 1.
 * const logits = Float32Array.of(2, 0, 2, 0, 2, 0, 2, 0);
 * const temperature = fitTemperature(logits, Uint8Array.of(0, 0, 0, 1), { classes: 2 });
 * assertAlmostEquals(temperature, 2 / Math.log(3));
 * ```
 */
export function fitTemperature(
  logits: Float32Array,
  labels: Uint8Array,
  { classes = 10 }: { readonly classes?: number } = {},
): number {
  assertLabelled(logits, labels, { action: ACTION, classes });
  assertFinite(logits, { action: ACTION, classes });
  const differences = belowGreatest(logits, classes);
  const slope = (inverse: number) => slopeAt(inverse, { differences, labels, classes });
  if (slope(0) >= 0) {
    throw new RangeError(
      `Cannot ${ACTION}: the labels' logits are no greater than the average logit, so that the ` +
        "cross-entropy falls until the temperature is infinite; expected better than chance",
    );
  }
  if (labels.every((label, row) => differences[row * classes + label] === 0)) {
    throw new RangeError(
      `Cannot ${ACTION}: all ${labels.length} images are right, so that the cross-entropy falls ` +
        "until the temperature is 0; expected at least one mistake",
    );
  }
  return 1 / signChange(slope);
}

/** By how much each logit is below the greatest of its row: 0 or less. */
function belowGreatest(logits: Float32Array, classes: number): Float64Array {
  const differences = Float64Array.from(logits);
  for (let start = 0; start < logits.length; start += classes) {
    const row = differences.subarray(start, start + classes);
    const greatest = Math.max(...row);
    row.forEach((logit, c) => row[c] = logit - greatest);
  }
  return differences;
}

/** The derivative of the mean cross-entropy of `inverse * logits` with respect to `inverse`. */
function slopeAt(inverse: number, { differences, labels, classes }: {
  readonly differences: Float64Array;
  readonly labels: Uint8Array;
  readonly classes: number;
}): number {
  let slope = 0;
  labels.forEach((label, row) => {
    let [sum, weighted] = [0, 0];
    for (let i = row * classes; i < (row + 1) * classes; i++) {
      const power = Math.exp(inverse * differences[i]);
      sum += power;
      weighted += power * differences[i];
    }
    slope += weighted / sum - differences[row * classes + label];
  });
  return slope / labels.length;
}

/** Where a function that rises through 0 does so; it is negative at 0 and positive far out. */
function signChange(slope: (inverse: number) => number): number {
  let high = 1;
  while (slope(high) < 0) high *= 2;
  let low = high / 2;
  while (slope(low) > 0) low /= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
}
