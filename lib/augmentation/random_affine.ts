import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { affineWarp } from "./affine_warp.ts";
import { checkNumber } from "./check_options.ts";

/**
 * From which ranges {@linkcode randomAffine} draws. Each but `zoom` is drawn evenly from -range to
 * range, and 0 if not given.
 */
export interface AffineRanges {
  /** Degrees, 0 to 180. */
  rotation?: number;
  /** A fraction of the width, 0 to 1. */
  widthShift?: number;
  /** A fraction of the height, 0 to 1. */
  heightShift?: number;
  /** Degrees, 0 to 90. */
  shear?: number;
  /** The factors of width and of height are drawn evenly from 1 - zoom to 1 + zoom; 0 to 0.99. */
  zoom?: number;
}

/**
 * Rotates, shifts, shears and zooms each of the images `[batch, height, width, channels]` in its
 * own random way: see affine() for what each does.
 *
 * Source: ImageDataGenerator.random_transform() of Keras.
 *
 * @throws {RangeError} If a range is out of its bounds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { RandomGenerator } from "../tensorflow/mod.ts";
 * import { randomAffine } from "./mod.ts";
 *
 * const images: tf.Tensor4D = tf.ones([2, 28, 28, 1]);
 * const turned = randomAffine(images, new RandomGenerator(0), { rotation: 8, zoom: 0.08 });
 * assertEquals(turned.shape, [2, 28, 28, 1]);
 * ```
 */
export function randomAffine(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { rotation = 0, widthShift = 0, heightShift = 0, shear = 0, zoom = 0 }: AffineRanges,
): tf.Tensor4D {
  checkNumber("rotation", rotation, 0, 180);
  checkNumber("widthShift", widthShift, 0, 1);
  checkNumber("heightShift", heightShift, 0, 1);
  checkNumber("shear", shear, 0, 90);
  checkNumber("zoom", zoom, 0, 0.99);
  return tf.tidy(() => {
    const drawn = tf.unstack(tf.sub(tf.mul(random.uniform([6, images.shape[0]]), 2), 1));
    return affineWarp(images, {
      rotation: tf.mul(drawn[0], rotation),
      widthShift: tf.mul(drawn[1], widthShift),
      heightShift: tf.mul(drawn[2], heightShift),
      shear: tf.mul(drawn[3], shear),
      widthZoom: tf.add(1, tf.mul(drawn[4], zoom)),
      heightZoom: tf.add(1, tf.mul(drawn[5], zoom)),
    });
  });
}
