import type { ImageDataset } from "../dataset/mod.ts";
import { argmaxRows } from "./logits.ts";
import { softmaxRows } from "./softmax.ts";

/** An image that a classifier got wrong. */
export interface Mistake {
  /** Its position in the dataset. */
  readonly index: number;
  readonly label: number;
  readonly prediction: number;
  /** What the classifier gave its wrong answer, 0..1. */
  readonly probability: number;
}

/**
 * The wrong answers that a classifier was surest of, surest first; of equally sure ones the first
 * in the dataset.
 *
 * @param logits Row-major, `[count, classes]`, in the dataset's order.
 * @param dataset The images that were classified.
 * @param options.count How many at most, 12 if not given.
 * @throws {RangeError} If there is not one row of finite logits an image, or `count` is not a whole
 *   number of at least 1.
 */
export function confidentMistakes(
  logits: Float32Array,
  dataset: ImageDataset,
  { count = 12 }: { readonly count?: number } = {},
): Mistake[] {
  const { classes, length } = dataset;
  if (logits.length !== length * classes) {
    throw new RangeError(
      `Cannot find mistakes: there are ${logits.length} logits, expected ${length} x ${classes}`,
    );
  }
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(
      `Cannot find mistakes: count is ${count}, expected a whole number of at least 1`,
    );
  }
  const predictions = argmaxRows(logits, { classes });
  const probabilities = softmaxRows(logits, { classes });
  const mistakes: Mistake[] = [];
  for (let index = 0; index < length; index++) {
    const prediction = predictions[index];
    const probability = probabilities[index * classes + prediction];
    const label = dataset.label(index);
    if (prediction !== label) mistakes.push({ index, label, prediction, probability });
  }
  return mistakes.sort((a, b) => b.probability - a.probability).slice(0, count);
}
