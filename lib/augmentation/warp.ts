import * as tf from "@tensorflow/tfjs";

/** How {@linkcode warp} reads the images. */
export interface WarpOptions {
  interpolation: "bilinear" | "nearest";
  /** What stands outside of an image: its nearest pixel, or 0. */
  fillMode: "nearest" | "constant";
}

/**
 * Warps images: the pixel of column x and row y is read at column a₀x + a₁y + a₂ and row
 * b₀x + b₁y + b₂, where [a₀, a₁, a₂, b₀, b₁, b₂, 0, 0] is the image's row of `transforms`.
 *
 * @param images `[batch, height, width, channels]`.
 * @param transforms `[batch, 8]`, or `[1, 8]` for the same with all images.
 */
export function warp(
  images: tf.Tensor4D,
  transforms: tf.Tensor2D,
  { interpolation, fillMode }: WarpOptions,
): tf.Tensor4D {
  const transform = (images: tf.Tensor4D, transforms: tf.Tensor2D) =>
    tf.image.transform(images, transforms, interpolation, fillMode);
  if (tf.getBackend() !== "cpu") return transform(images, transforms);
  // The kernel of @tensorflow/tfjs-backend-cpu 4.22.0 stops after the first image of a batch.
  const [count] = images.shape;
  const rows = tf.split<tf.Tensor2D>(tf.broadcastTo(transforms, [count, 8]), count);
  return tf.concat(
    tf.split<tf.Tensor4D>(images, count).map((image, i) => transform(image, rows[i])),
  );
}
