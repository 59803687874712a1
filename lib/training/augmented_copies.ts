import { setImmediate as nextTask } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { augment, type AugmentOptions, STUDY_B } from "../augmentation/mod.ts";
import { batches, ImageDataset } from "../dataset/mod.ts";
import { derivedSeed, RandomGenerator } from "../tensorflow/mod.ts";

/** How {@linkcode withAugmentedCopies} makes its copies. */
export interface AugmentedCopiesOptions {
  /** Fixes what is drawn. */
  readonly seed: number;
  /** The ranges, study B's if not given. */
  readonly augmentation?: AugmentOptions;
  /** Stops after the current batch. */
  readonly signal?: AbortSignal;
}

/** Images that are transformed at once. */
const BATCH = 500;

/**
 * The images of a dataset and, behind them, one augmented copy of each, with its label: study B's
 * "concatenated to plain training data". The copies are rounded to 8 bits, as the images are.
 *
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function withAugmentedCopies(
  dataset: ImageDataset,
  { seed, augmentation = STUDY_B, signal }: AugmentedCopiesOptions,
): Promise<ImageDataset> {
  const { length, height, width, classes } = dataset;
  const size = height * width;
  const images = new Uint8Array(2 * length * size);
  const labels = new Uint8Array(2 * length);
  for (let i = 0; i < length; i++) {
    images.set(dataset.image(i), i * size);
    labels[i] = labels[length + i] = dataset.label(i);
  }
  const random = new RandomGenerator(derivedSeed(seed, "augmented copies"));
  try {
    let next = length * size;
    for (const batch of batches(dataset, { size: BATCH })) {
      signal?.throwIfAborted();
      const bytes = tf.tidy(() =>
        tf.round(tf.mul(augment(batch.images, random, augmentation), 255))
      );
      const values = await bytes.data().finally(() => bytes.dispose());
      images.set(values, next);
      next += values.length;
      await nextTask();
    }
  } finally {
    random.dispose();
  }
  return new ImageDataset(images, labels, { height, width, classes });
}
