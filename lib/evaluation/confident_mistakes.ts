import type { ImageDataset } from "../dataset/mod.ts";
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
 * The wrong answers that a classifier was surest of, surest first.
 *
 * @param logits Row-major, `[count, classes]`, in the dataset's order.
 * @param dataset The images that were classified.
 * @param options.count How many at most, 12 if not given.
 * @throws {RangeError} If there is not one row of logits an image.
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
  const probabilities = softmaxRows(logits, { classes });
  const mistakes: Mistake[] = [];
  for (let index = 0; index < length; index++) {
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    const probability = Math.max(...row);
    const prediction = row.indexOf(probability);
    const label = dataset.label(index);
    if (prediction !== label) mistakes.push({ index, label, prediction, probability });
  }
  return mistakes.sort((a, b) => b.probability - a.probability).slice(0, count);
}
