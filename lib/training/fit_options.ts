import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import {
  type Cluster,
  Optimizer,
  type Precision,
  type RandomGenerator,
} from "../tensorflow/mod.ts";
import type { CheckpointOptions } from "./checkpoints.ts";
import type { TrainingObserver } from "./observer.ts";
import type { Views } from "../augmentation/mod.ts";
import type { Schedule } from "./schedules.ts";

/** How {@linkcode fit} trains. */
export interface FitOptions {
  /** How many times the training images are gone through. */
  epochs: number;
  /** Images a step; an epoch's last step takes what is left. */
  batchSize: number;
  /** Fixes the order of the images in every epoch. */
  seed: number;
  /** Images on which the model is tried after each epoch. */
  validation?: ImageDataset;
  /**
   * The caller's optimizer, which keeps its state and is not disposed. Adam if none is given. One
   * of TensorFlow.js's own keeps the learning rate that it has at the start.
   */
  optimizer?: tf.Optimizer;
  /**
   * The learning rate of each step, for an optimizer of lib/tensorflow. It stays as the optimizer
   * has it if not given.
   */
  learningRate?: Schedule;
  /**
   * What becomes of each training batch's images first. It is recorded with the step, and draws
   * from the generator, which comes from the seed.
   */
  augment?: (images: tf.Tensor4D, random: RandomGenerator) => tf.Tensor4D;
  /**
   * The share of the target that all classes get alike, in [0, 1). The losses that are reported
   * are without it.
   *
   * @default {0}
   */
  labelSmoothing?: number;
  /**
   * With which decay, in [0, 1), the weights are averaged over the steps. The averages are what is
   * validated and kept. No averages are taken if not given.
   */
  averageDecay?: number;
  /**
   * The numbers with which a training step may calculate, as {@linkcode jit} has it.
   *
   * @default {"float32"}
   */
  precision?: Precision;
  /**
   * Which weights the model is left with: those after the last epoch, or those after the epoch
   * with the highest validation accuracy (the first of them, if several are equal).
   *
   * @default {"last"}
   */
  keep?: "last" | "best";
  /** Of which views of a validation image the logits are averaged; the image alone if not given. */
  views?: Views;
  /**
   * Whether the steps are recorded before the run's clock starts, on black images whose effects
   * are undone: for an optimizer of lib/tensorflow, or none. A run with checkpoints always does.
   *
   * @default {false}
   */
  warmUp?: boolean;
  /** Where and when checkpoints are written, for an optimizer of lib/tensorflow; never if not given. */
  checkpoints?: CheckpointOptions;
  /**
   * Trains together with the other workers of a cluster, which have to call `fit` alike. Each takes
   * its share of every batch; gradients, losses and the moving statistics of batch normalisations
   * are averaged over all, so that all have the same weights after each step. What a batch
   * normalisation normalises by is a worker's own share's. It begins with the chief's weights, and
   * only the chief reads and writes checkpoints. For the `tensorflow` backend, with an optimizer of
   * lib/tensorflow or none.
   */
  cluster?: Cluster;
  /** Is told how the run goes. */
  observer?: TrainingObserver;
  /** Stops the run after the current step. */
  signal?: AbortSignal;
}

/**
 * Asserts that a run can start with these options, images and model.
 *
 * @throws {RangeError} If it cannot; the message says why.
 * @throws {TypeError} If the backend lacks the gradient of convolutions, which the model has.
 */
export function assertFitOptions(
  model: tf.LayersModel,
  fitting: ImageDataset,
  options: FitOptions,
): void {
  const { epochs, batchSize, seed, validation, keep, labelSmoothing = 0 } = options;
  assertCount("epochs", epochs, Infinity);
  assertCount("batchSize", batchSize, fitting.length);
  if (!Number.isSafeInteger(seed)) fail(`seed is ${seed}, must be an integer`);
  if (keep === "best" && validation === undefined) {
    fail("keeping the best weights needs validation images, none are given");
  }
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    fail(`labelSmoothing is ${labelSmoothing}, must be in [0, 1)`);
  }
  if (options.optimizer !== undefined && !(options.optimizer instanceof Optimizer)) {
    const needs = "an optimizer of lib/tensorflow, or none";
    if (options.learningRate !== undefined) fail(`a schedule of the learning rate needs ${needs}`);
    if (options.checkpoints !== undefined) fail(`checkpoints need ${needs}`);
    if (options.warmUp) fail(`warming up needs ${needs}`);
    if (options.cluster !== undefined) fail(`a cluster needs ${needs}`);
  }
  if (validation?.length === 0) fail("validation has 0 images, must have at least 1");
  const { size: workers } = options.cluster ?? { size: 1 };
  for (const { length } of [fitting, validation ?? fitting]) {
    const least = length % batchSize || batchSize;
    if (least < workers) fail(`a batch has ${least} images, too few for ${workers} workers`);
  }
  for (const { height, width, classes } of [fitting, validation ?? fitting]) {
    assertShape("inputs", model.inputs[0].shape, [null, height, width, 1]);
    assertShape("outputs", model.outputs[0].shape, [null, classes]);
  }
}

function assertCount(name: string, value: number, limit: number): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > limit) {
    const range = limit === Infinity ? "at least 1" : `from 1 to the ${limit} training images`;
    fail(`${name} is ${value}, must be a whole number, ${range}`);
  }
}

function assertShape(
  name: string,
  actual: readonly (number | null)[],
  expected: readonly (number | null)[],
): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    fail(
      `the model's ${name} are ${JSON.stringify(actual)}, must be ${JSON.stringify(expected)} ` +
        "for these images",
    );
  }
}

function fail(detail: string): never {
  throw new RangeError(`Cannot train: ${detail}`);
}
