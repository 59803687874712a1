import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";

/** The images `from`..`to - 1` of a dataset as rows `[to - from, pixels]`, 0..255. */
export function pixelMatrix(images: ImageDataset, from: number, to: number): tf.Tensor2D {
  const size = images.height * images.width;
  const pixels = new Float32Array((to - from) * size);
  for (let i = from; i < to; i++) pixels.set(images.image(i), (i - from) * size);
  return tf.tensor2d(pixels, [to - from, size]);
}
