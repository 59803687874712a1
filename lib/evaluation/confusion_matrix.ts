import { assertSameLength } from "./accuracy.ts";

/** Counts `[classes][classes]`: `matrix[label][prediction]` images. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts how often each class was predicted for each true class. Rows are labels and
 * columns predictions, as in scikit-learn's `confusion_matrix`.
 *
 * @param predictions Predicted classes, `[count]`, each in 0..classes-1.
 * @param labels True classes, `[count]`, each in 0..classes-1.
 * @throws {RangeError} If the lengths differ or a class is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { confusionMatrix } from "./mod.ts";
 *
 * const predictions = Uint8Array.of(0, 1, 1);
 * const labels = Uint8Array.of(0, 0, 1);
 * assertEquals(confusionMatrix(predictions, labels, { classes: 2 }), [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  predictions: Uint8Array,
  labels: Uint8Array,
  { classes = 10 }: { classes?: number } = {},
): ConfusionMatrix {
  assertSameLength("count a confusion matrix", predictions, labels);
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labels.forEach((label, i) => {
    const greater = Math.max(label, predictions[i]);
    if (greater >= classes) {
      throw new RangeError(
        `Cannot count a confusion matrix: image ${i} has class ${greater}, expected 0 to ${
          classes - 1
        }`,
      );
    }
    matrix[label][predictions[i]]++;
  });
  return matrix;
}
