import type { ConfusionMatrix } from "./confusion_matrix.ts";

/** How well one class was recognised. */
export interface ClassScores {
  /** Of the images predicted as this class, the share that is of it, 0..1. */
  readonly precision: number;
  /** Of the images of this class, the share predicted as it, 0..1. */
  readonly recall: number;
  /** The harmonic mean of precision and recall, 0..1. */
  readonly f1: number;
  /** The number of images of this class. */
  readonly support: number;
}

/**
 * Precision, recall and F1 of each class, in the order of the classes. A ratio without
 * cases, such as the precision of a class that was never predicted, is 0: scikit-learn's
 * `precision_recall_fscore_support` with `zero_division=0`.
 *
 * @param matrix Counts `[classes][classes]` from {@linkcode confusionMatrix}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { precisionAndRecall } from "./mod.ts";
 *
 * const [first] = precisionAndRecall([[3, 1], [1, 0]]);
 * assertEquals(first, { precision: 0.75, recall: 0.75, f1: 0.75, support: 4 });
 * ```
 */
export function precisionAndRecall(matrix: ConfusionMatrix): ClassScores[] {
  return matrix.map((row, label) => {
    const correct = row[label];
    const support = row.reduce((sum, count) => sum + count, 0);
    const predicted = matrix.reduce((sum, other) => sum + other[label], 0);
    return {
      precision: ratio(correct, predicted),
      recall: ratio(correct, support),
      f1: ratio(2 * correct, predicted + support),
      support,
    };
  });
}

const ratio = (part: number, whole: number): number => whole === 0 ? 0 : part / whole;
