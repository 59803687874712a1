import type * as tf from "@tensorflow/tfjs";

/**
 * The images of a batch as rows of pixels, for imageGrid().
 *
 * @param images `[batch, height, width, 1]`; it is not disposed.
 * @throws {RangeError} If the images have more than one channel.
 */
export function imagesOf(images: tf.Tensor4D): Float32Array[] {
  const [batch, height, width, channels] = images.shape;
  if (channels !== 1) {
    throw new RangeError(`Cannot show images: they have ${channels} channels, expected 1`);
  }
  const values = Float32Array.from(images.dataSync());
  const size = height * width;
  return Array.from({ length: batch }, (_, i) => values.subarray(i * size, (i + 1) * size));
}
