import * as tf from "@tensorflow/tfjs";
import { PCA } from "ml-pca";
import type { ImageDataset } from "../dataset/mod.ts";

/** The directions in which images differ most, greatest first. */
export interface PrincipalComponents {
  /** The mean image, `[pixels]`, 0..1. */
  readonly mean: Float32Array;
  /** Unit vectors, `[pixels]` each. */
  readonly components: readonly Float32Array[];
  /** The share of the variance that each holds, 0..1. */
  readonly explained: readonly number[];
}

/**
 * The principal components of a dataset's images, all of them, by the eigenvectors of the
 * covariance of their pixels.
 *
 * @throws {RangeError} If there are fewer than two images.
 */
export async function principalComponents(dataset: ImageDataset): Promise<PrincipalComponents> {
  if (dataset.length < 2) {
    throw new RangeError(
      `Cannot find principal components: there are ${dataset.length} images, expected at least 2`,
    );
  }
  const [meanTensor, covariance] = tf.tidy(() => {
    const pixels = pixelRows(dataset);
    const mean = pixels.mean<tf.Tensor1D>(0);
    const centred = pixels.sub<tf.Tensor2D>(mean);
    return [mean, tf.matMul(centred, centred, true).div<tf.Tensor2D>(dataset.length - 1)];
  });
  try {
    const pca = new PCA(await covariance.array(), { isCovarianceMatrix: true });
    const vectors = pca.getEigenvectors().transpose().to2DArray();
    return {
      mean: Float32Array.from(await meanTensor.data()),
      components: vectors.map((vector) => Float32Array.from(vector)),
      explained: pca.getExplainedVariance(),
    };
  } finally {
    tf.dispose([meanTensor, covariance]);
  }
}

/**
 * Where each image lies along the first components, `[images][count]`.
 *
 * @throws {RangeError} If there are fewer components.
 */
export async function project(
  dataset: ImageDataset,
  { mean, components }: PrincipalComponents,
  { count }: { readonly count: number },
): Promise<number[][]> {
  const axes = firstOf(components, count);
  const points = tf.tidy(() => {
    const centred = pixelRows(dataset).sub<tf.Tensor2D>(tf.tensor1d(mean));
    const columns = tf.tensor2d(axes.map((axis) => [...axis]));
    return tf.matMul<tf.Tensor2D>(centred, columns, false, true);
  });
  return await points.array().finally(() => points.dispose());
}

/**
 * An image put together from its place along the first components, `[pixels]`, about 0..1: what a
 * few numbers keep of it.
 *
 * @param image `[pixels]`, 0..255.
 * @throws {RangeError} If there are fewer components.
 */
export function reconstruct(
  image: Uint8Array,
  { mean, components }: PrincipalComponents,
  { count }: { readonly count: number },
): Float32Array {
  const rebuilt = Float32Array.from(mean);
  for (const axis of firstOf(components, count)) {
    const place = axis.reduce((sum, weight, p) => sum + weight * (image[p] / 255 - mean[p]), 0);
    axis.forEach((weight, p) => rebuilt[p] += place * weight);
  }
  return rebuilt;
}

function firstOf(components: readonly Float32Array[], count: number): readonly Float32Array[] {
  if (!Number.isInteger(count) || count < 1 || count > components.length) {
    throw new RangeError(
      `Cannot take ${count} principal components: there are ${components.length}`,
    );
  }
  return components.slice(0, count);
}

/** `[images, pixels]`, 0..1. */
function pixelRows(dataset: ImageDataset): tf.Tensor2D {
  const size = dataset.height * dataset.width;
  const values = new Float32Array(dataset.length * size);
  for (let i = 0, next = 0; i < dataset.length; i++) {
    for (const value of dataset.image(i)) values[next++] = value / 255;
  }
  return tf.tensor2d(values, [dataset.length, size]);
}
