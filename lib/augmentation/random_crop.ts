import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { checkWholeNumber } from "./check_options.ts";
import { warp } from "./warp.ts";

/** Options of {@linkcode randomCrop}. */
export interface RandomCropOptions {
  /**
   * How many pixels of value 0 are added on each side, a whole number from 0 to 1,000.
   *
   * @default {4}
   */
  padding?: number;
}

/**
 * Pads the images `[batch, height, width, channels]` with 0 and cuts a random part of the size
 * that they had out of each; all places are equally likely.
 *
 * Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015, section
 * 4.2, with 4 pixels for images of 32x32.
 *
 * @throws {RangeError} If the padding is not a whole number from 0 to 1,000.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { RandomGenerator } from "../tensorflow/mod.ts";
 * import { randomCrop } from "./mod.ts";
 *
 * const images: tf.Tensor4D = tf.ones([2, 28, 28, 1]);
 * const cropped = randomCrop(images, new RandomGenerator(0), { padding: 2 });
 * assertEquals(cropped.shape, [2, 28, 28, 1]);
 * ```
 */
export function randomCrop(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { padding = 4 }: RandomCropOptions = {},
): tf.Tensor4D {
  checkWholeNumber("padding", padding, 0, 1_000);
  return tf.tidy(() => {
    const batch = images.shape[0];
    // To crop a padded image is to shift it by whole pixels, -padding to padding.
    const drawn = tf.floor(tf.mul(random.uniform([2, batch]), 2 * padding + 1));
    const [right, down] = tf.unstack(tf.sub(drawn, padding));
    const [zero, one] = [tf.zeros([batch]), tf.ones([batch])];
    const transforms = tf.stack([one, zero, right, zero, one, down, zero, zero], 1);
    return warp(images, transforms.as2D(batch, 8), {
      interpolation: "nearest",
      fillMode: "constant",
    });
  });
}
