import * as tf from "@tensorflow/tfjs";
import { affineWarp } from "./affine_warp.ts";

/** What {@linkcode affine} does to each image, with Keras's meanings and signs. */
export interface AffineParameters {
  /** Degrees; above 0, what the image shows turns clockwise. */
  rotation?: number;
  /** A fraction of the width; above 0, what the image shows moves left. */
  widthShift?: number;
  /** A fraction of the height; above 0, what the image shows moves up. */
  heightShift?: number;
  /** Degrees; above 0, columns right of the centre slide down, those left of it up. */
  shear?: number;
  /** A factor; above 1, what the image shows becomes narrower. */
  widthZoom?: number;
  /** A factor; above 1, what the image shows becomes lower. */
  heightZoom?: number;
}

/**
 * Rotates, shifts, shears and zooms images `[batch, height, width, channels]` about their centre,
 * all in the same way, in one warp with bilinear interpolation. Pixels from outside of an image
 * are its nearest ones. Without parameters it changes nothing. For random ones, see randomAffine().
 *
 * Source: apply_affine_transform() of keras-preprocessing, which ImageDataGenerator calls.
 *
 * @throws {RangeError} If a parameter is not finite or a zoom not above 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { affine } from "./mod.ts";
 *
 * const image = tf.tensor4d([0.1, 0.2, 0.3, 0.4], [1, 1, 4, 1]);
 * const moved = affine(image, { widthShift: 0.25 });
 * assertEquals(moved.dataSync(), new Float32Array([0.2, 0.3, 0.4, 0.4]));
 * ```
 */
export function affine(
  images: tf.Tensor4D,
  {
    rotation = 0,
    widthShift = 0,
    heightShift = 0,
    shear = 0,
    widthZoom = 1,
    heightZoom = 1,
  }: AffineParameters,
): tf.Tensor4D {
  const parameters = { rotation, widthShift, heightShift, shear, widthZoom, heightZoom };
  for (const [name, value] of Object.entries(parameters)) {
    if (!Number.isFinite(value)) fail(name, value, "a finite number");
  }
  for (const [name, value] of Object.entries({ widthZoom, heightZoom })) {
    if (value <= 0) fail(name, value, "a number above 0");
  }
  return tf.tidy(() =>
    affineWarp(images, {
      rotation: tf.tensor1d([rotation]),
      widthShift: tf.tensor1d([widthShift]),
      heightShift: tf.tensor1d([heightShift]),
      shear: tf.tensor1d([shear]),
      widthZoom: tf.tensor1d([widthZoom]),
      heightZoom: tf.tensor1d([heightZoom]),
    })
  );
}

function fail(name: string, value: number, expected: string): never {
  throw new RangeError(`Cannot warp images: ${name} is ${value}, expected ${expected}`);
}
