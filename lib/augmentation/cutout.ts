import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { checkWholeNumber } from "./check_options.ts";
import { insideRectangles } from "./rectangles.ts";

/** Options of {@linkcode cutout}. */
export interface CutoutOptions {
  /**
   * The square's side in pixels, a whole number from 1 to 1,000.
   *
   * @default {8}
   */
  size?: number;
}

/**
 * Sets a random square of each of the images `[batch, height, width, channels]` to 0. Its centre
 * may be any pixel, so that the square may stick out of the image. Where the side is even, the
 * centre is the pixel right of and below the middle.
 *
 * Source: DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with
 * Cutout", 2017, section 3.2.
 *
 * @throws {RangeError} If the size is not a whole number from 1 to 1,000.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { RandomGenerator } from "../tensorflow/mod.ts";
 * import { cutout } from "./mod.ts";
 *
 * const images: tf.Tensor4D = tf.ones([1, 28, 28, 1]);
 * const cut = cutout(images, new RandomGenerator(0), { size: 1 });
 * assertEquals(tf.sum(cut).dataSync()[0], 28 * 28 - 1);
 * ```
 */
export function cutout(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { size = 8 }: CutoutOptions = {},
): tf.Tensor4D {
  checkWholeNumber("size", size, 1, 1_000);
  return tf.tidy(() => {
    const [batch, rows, columns] = images.shape;
    const [row, column] = tf.unstack(random.uniform([2, batch]));
    const start = (drawn: tf.Tensor, length: number) =>
      tf.sub(tf.floor(tf.mul(drawn, length)), Math.floor(size / 2));
    const square = {
      top: start(row, rows),
      left: start(column, columns),
      height: size,
      width: size,
    };
    return tf.where(insideRectangles(square, images.shape), tf.zerosLike(images), images);
  });
}
