/**
 * The share of predictions that equal their label, 0..1.
 *
 * @param predictions Predicted classes, `[count]`.
 * @param labels True classes, `[count]`, in the same order.
 * @throws {RangeError} If there are no predictions, or the two lengths differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { accuracy } from "./mod.ts";
 *
 * assertEquals(accuracy(Uint8Array.of(1, 2, 3, 3), Uint8Array.of(1, 2, 3, 4)), 0.75);
 * ```
 */
export function accuracy(predictions: Uint8Array, labels: Uint8Array): number {
  if (predictions.length === 0) {
    throw new RangeError("Cannot compute accuracy: there are 0 predictions, expected at least 1");
  }
  assertSameLength("compute accuracy", predictions, labels);
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    if (predictions[i] === labels[i]) correct++;
  }
  return correct / labels.length;
}

/** Throws a `RangeError` that begins with the action unless there is one prediction a label. */
export function assertSameLength(
  action: string,
  predictions: Uint8Array,
  labels: Uint8Array,
): void {
  if (predictions.length !== labels.length) {
    throw new RangeError(
      `Cannot ${action}: there are ${predictions.length} predictions, expected ${labels.length}, one a label`,
    );
  }
}
