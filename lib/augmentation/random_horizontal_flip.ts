import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { checkNumber } from "./check_options.ts";

/** Options of {@linkcode randomHorizontalFlip}. */
export interface RandomHorizontalFlipOptions {
  /**
   * With which probability an image is flipped, 0 to 1.
   *
   * @default {0.5}
   */
  probability?: number;
}

/**
 * Flips some of the images `[batch, height, width, channels]`: left becomes right.
 *
 * @throws {RangeError} If the probability is not from 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { RandomGenerator } from "../tensorflow/mod.ts";
 * import { randomHorizontalFlip } from "./mod.ts";
 *
 * const image = tf.tensor4d([0, 0.5, 1], [1, 1, 3, 1]);
 * const flipped = randomHorizontalFlip(image, new RandomGenerator(0), { probability: 1 });
 * assertEquals([...flipped.dataSync()], [1, 0.5, 0]);
 * ```
 */
export function randomHorizontalFlip(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { probability = 0.5 }: RandomHorizontalFlipOptions = {},
): tf.Tensor4D {
  checkNumber("probability", probability, 0, 1);
  return tf.tidy(() => {
    const isFlipped = tf.less(random.uniform([images.shape[0], 1, 1, 1]), probability);
    return tf.where(isFlipped, tf.reverse(images, 2), images);
  });
}
