import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";

/**
 * What is taken from every pixel. Distances do not change, and −128..127 has the smallest
 * squares that 8 bits can have.
 */
const CENTRE = 128;

/**
 * The most pixels an image may have for its scalar products to be exact in float32: pixels of
 * −128..127 multiply to whole numbers of at most 2¹⁴, so that any partial sum of 2¹⁰ of
 * them, in whatever order a matrix product takes them, is at most 2²⁴; and float32 holds
 * every whole number up to 2²⁴.
 */
export const MAX_PIXELS = 2 ** 10;

/** Some images of a dataset, centred, and the squared norm of each. */
export interface CentredPixels {
  /** `[count, pixels]`, whole numbers −128..127. The caller disposes it. */
  readonly pixels: tf.Tensor2D;
  /** `[count]`. */
  readonly norms: Float64Array;
}

/** Takes the images `from`..`to - 1` of a dataset as rows of centred pixels. */
export function centredPixels(dataset: ImageDataset, from: number, to: number): CentredPixels {
  const size = dataset.height * dataset.width;
  const values = new Float32Array((to - from) * size);
  const norms = new Float64Array(to - from);
  for (let row = 0, next = 0; row < to - from; row++) {
    const image = dataset.image(from + row);
    let norm = 0;
    for (let i = 0; i < size; i++) {
      const value = image[i] - CENTRE;
      values[next++] = value;
      norm += value * value;
    }
    norms[row] = norm;
  }
  return { pixels: tf.tensor2d(values, [to - from, size]), norms };
}
