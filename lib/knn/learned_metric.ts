import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../dataset/mod.ts";
import { pixelMatrix } from "./pixel_matrix.ts";

/** Images that are mapped at once: 2,000 x 784 floats are 6 MB. */
const BLOCK = 2_000;
/** The code that stands for 0. */
const ZERO = 128;
/** Up to it, float32 holds every whole number. */
export const MAX_SUM = 2 ** 24;

/**
 * A linear map from images to fewer numbers, among which distances are to be measured: a metric of
 * the Mahalanobis kind. Everything in it is a whole number, so that an image has the same code on
 * every backend.
 */
export class LearnedMetric {
  /** `[dimensions, pixels]`: −127..127. */
  readonly weights: Int8Array;
  /** `[dimensions]`: what is taken from a weighted sum of pixels, */
  readonly centres: Int32Array;
  /** and what the rest is divided by. */
  readonly scale: number;

  /**
   * @throws {RangeError} If the weights are not as many rows as there are centres, the scale is not
   *   a positive number, or a weighted sum of 8-bit pixels might not be exact in float32: beyond 2²⁴.
   */
  constructor(
    weights: Int8Array,
    { centres, scale }: { readonly centres: Int32Array; readonly scale: number },
  ) {
    const pixels = weights.length / centres.length;
    if (!Number.isInteger(pixels) || pixels < 1) {
      throw new RangeError(
        `Cannot make a metric: ${weights.length} weights are no rows for ${centres.length} numbers`,
      );
    }
    if (!(scale > 0 && scale < Infinity)) {
      throw new RangeError(`Cannot make a metric: scale is ${scale}, expected a positive number`);
    }
    const sums = Array.from(
      centres,
      (_, row) => 255 * l1Norm(weights.subarray(row * pixels, (row + 1) * pixels)),
    );
    if (Math.max(...sums) > MAX_SUM) {
      throw new RangeError(
        `Cannot make a metric: a weighted sum may be ${Math.max(...sums)}, at most ${MAX_SUM}`,
      );
    }
    this.weights = weights;
    this.centres = centres;
    this.scale = scale;
  }

  /** Numbers of a code. */
  get dimensions(): number {
    return this.centres.length;
  }

  /**
   * The codes of images, as images `[1, dimensions]` of 0..255 with the same labels.
   *
   * @throws {RangeError} If the images have not as many pixels as the weights.
   */
  transform(images: ImageDataset): ImageDataset {
    const pixels = images.height * images.width;
    const { dimensions, weights, centres, scale } = this;
    if (pixels * dimensions !== weights.length) {
      throw new RangeError(
        `Cannot map images of ${pixels} pixels: the weights are for ${weights.length / dimensions}`,
      );
    }
    const codes = new Uint8Array(images.length * dimensions);
    const map = tf.tensor2d(Float32Array.from(weights), [dimensions, pixels]);
    for (let from = 0; from < images.length; from += BLOCK) {
      const count = Math.min(BLOCK, images.length - from);
      tf.tidy(() => {
        const block = pixelMatrix(images, from, from + count);
        const sums = tf.matMul(block, map, false, true).dataSync();
        sums.forEach((sum, i) => {
          const code = Math.round(ZERO + (sum - centres[i % dimensions]) / scale);
          codes[from * dimensions + i] = Math.max(0, Math.min(255, code));
        });
      });
    }
    map.dispose();
    const { classes } = images;
    return new ImageDataset(codes, images.ownLabels(), { height: 1, width: dimensions, classes });
  }
}

/** The sum of the absolute values. */
export function l1Norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}
