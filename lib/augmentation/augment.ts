import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { type AffineRanges, randomAffine } from "./random_affine.ts";
import { randomErasing, type RandomErasingOptions } from "./random_erasing.ts";

/** What {@linkcode augment} does. */
export interface AugmentOptions {
  /** The ranges of randomAffine(), which comes first. */
  affine: AffineRanges;
  /** The options of randomErasing(), which comes second. */
  erasing: RandomErasingOptions;
}

/**
 * Study B's augmentation: its settings of Keras's ImageDataGenerator, whose warp comes before its
 * preprocessing function, and its random erasing.
 */
export const STUDY_B = {
  affine: { rotation: 8, widthShift: 0.08, heightShift: 0.08, shear: 0.3, zoom: 0.08 },
  erasing: { probability: 0.5, area: [0.02, 0.4], aspectRatio: [0.3, 1 / 0.3] },
} as const satisfies AugmentOptions;

/**
 * Warps each of the images `[batch, height, width, channels]` and then erases a part of some, as
 * study B does if not told otherwise. Inside of a jit function it is a part of the recording, with
 * fresh draws at each call.
 *
 * @throws {RangeError} If an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { jit, RandomGenerator } from "../tensorflow/mod.ts";
 * import { augment } from "./mod.ts";
 *
 * const random = new RandomGenerator(0);
 * const step = jit((images: tf.Tensor4D) => augment(images, random));
 * assertEquals(step(tf.zeros([2, 28, 28, 1])).shape, [2, 28, 28, 1]);
 * ```
 */
export function augment(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { affine, erasing }: AugmentOptions = STUDY_B,
): tf.Tensor4D {
  return tf.tidy(() => randomErasing(randomAffine(images, random, affine), random, erasing));
}
