import { setImmediate as nextTask } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { batches, type ImageDataset } from "../dataset/mod.ts";
import { adam, derivedSeed, jit } from "../tensorflow/mod.ts";
import { roundMetric } from "./round_metric.ts";
import type { LearnedMetric } from "./learned_metric.ts";

/** Keeps the logarithm finite where no neighbour is of the class. */
const SMALLEST = 1e-8;

/** How {@linkcode learnMetric} learns. */
export interface LearnMetricOptions {
  /** From which the first weights and the order of the images come. */
  readonly seed: number;
  /** Numbers that an image is mapped to. 64 if not given. */
  readonly dimensions?: number;
  /** Batches that are learned from. 1,000 if not given. */
  readonly steps?: number;
  /** Images among which neighbours are looked for. 1,024 if not given. */
  readonly batchSize?: number;
  /** Adam's; it falls to 0 over the second half. 0.001 if not given. */
  readonly learningRate?: number;
  /** Is told after each step how many of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops after the current step. */
  readonly signal?: AbortSignal;
}

/**
 * Learns a metric in which an image's neighbours are of its own class: neighbourhood components
 * analysis (J. Goldberger, S. Roweis, G. Hinton, R. Salakhutdinov, "Neighbourhood components
 * analysis", NIPS 2004), on batches. Within a batch, image i takes j for its neighbour with a
 * probability proportional to exp(−‖A·xᵢ − A·xⱼ‖²), and A is changed by gradient descent so that
 * the mean of −log of the probability to be right gets smaller.
 *
 * @throws {RangeError} If `dimensions`, `steps` or `batchSize` is not a whole number of at least 1,
 *   or there are fewer images than a batch holds.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function learnMetric(
  train: ImageDataset,
  {
    seed,
    dimensions = 64,
    steps = 1_000,
    batchSize = 1_024,
    learningRate = 0.001,
    onProgress,
    signal,
  }: LearnMetricOptions,
): Promise<LearnedMetric> {
  for (const [name, value] of Object.entries({ dimensions, steps, batchSize })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot learn a metric: ${name} is ${value}, expected at least 1`);
    }
  }
  if (train.length < batchSize) {
    throw new RangeError(
      `Cannot learn a metric: there are ${train.length} images, at least ${batchSize} for a batch`,
    );
  }
  const pixels = train.height * train.width;
  const first = tf.randomNormal<tf.Rank.R2>(
    [pixels, dimensions],
    0,
    1 / Math.sqrt(pixels),
    "float32",
    derivedSeed(seed, "metric"),
  );
  const map = tf.variable(first);
  first.dispose();
  const optimizer = adam({ learningRate });
  const step = jit((images: tf.Tensor4D, labels: tf.Tensor1D) =>
    optimizer.minimize(
      () => neighbourLoss(tf.matMul(images.reshape([batchSize, pixels]), map), labels),
      true,
      [map],
    )!
  );
  try {
    let done = 0;
    for (let epoch = 0; done < steps; epoch++) {
      for (const { images, labels } of batches(train, { size: batchSize, seed, epoch })) {
        if (images.shape[0] < batchSize || done === steps) continue;
        signal?.throwIfAborted();
        optimizer.setLearningRate(learningRate * Math.min(1, 2 * (1 - done / steps)));
        step(images, labels).dispose();
        done++;
        onProgress?.(done, steps);
        await nextTask();
      }
    }
    const columns = await map.data();
    return roundMetric(Float32Array.from(columns), { images: train, dimensions });
  } finally {
    step.dispose();
    map.dispose();
    optimizer.dispose();
  }
}

/** The mean of −log of the probability that an image takes one of its own class. */
function neighbourLoss(codes: tf.Tensor, labels: tf.Tensor1D): tf.Scalar {
  const norms = codes.square().sum<tf.Tensor2D>(1, true);
  const products = codes.matMul<tf.Tensor2D>(codes, false, true);
  const distances = norms.add<tf.Tensor2D>(norms.transpose()).sub<tf.Tensor2D>(products.mul(2));
  // An image is not its own neighbour.
  const itself = tf.eye(labels.size).mul<tf.Tensor2D>(1e9);
  const probabilities = tf.softmax(distances.add<tf.Tensor2D>(itself).neg<tf.Tensor2D>());
  const alike = tf.equal(labels.expandDims(1), labels.expandDims(0)).toFloat();
  return probabilities.mul(alike).sum(1).add(SMALLEST).log().mean<tf.Scalar>().neg();
}
