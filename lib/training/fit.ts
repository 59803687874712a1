import { setImmediate as nextTask } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs";
import { batches, type ImageDataset } from "../dataset/mod.ts";
import { adam, Optimizer } from "../tensorflow/mod.ts";
import { BestWeights } from "./best_weights.ts";
import { assertFitOptions, type FitOptions } from "./fit_options.ts";
import type { EpochMetrics, Progress } from "./observer.ts";
import { type Means, RunningMeans } from "./running_means.ts";
import { type Step, trainingStep, validationStep } from "./steps.ts";
import { WeightAverage } from "./weight_average.ts";

/** Milliseconds between two reports to the observer: each one makes the host wait for the device. */
const REPORT_INTERVAL = 250;

/** What {@linkcode fit} has done. */
export interface TrainingRun {
  /** One entry an epoch. */
  history: EpochMetrics[];
  /** The epoch, from 1, whose weights the model holds. */
  epoch: number;
  /** Seconds that the whole run took, validation included. */
  seconds: number;
}

/**
 * Trains a model that gives logits on images of a dataset, by sparse categorical cross-entropy.
 *
 * The images are shuffled anew each epoch, by seed and epoch; only trainable weights are changed,
 * and batch normalisations keep their moving averages. Without an optimizer it is
 * {@linkcode adam} with Keras's defaults.
 *
 * @throws {RangeError} If the options do not fit, before any work; or if a loss is not finite,
 *   with epoch and step. No tensor is left behind by any of these errors.
 * @throws {DOMException} The signal's reason, an `AbortError`, after the step during which it was
 *   aborted; the model then has that step's weights.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { ImageDataset } from "../dataset/mod.ts";
 * import { denseNetwork } from "../models/mod.ts";
 * import { fit } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const images = new ImageDataset(new Uint8Array(20 * 28 * 28), new Uint8Array(20));
 * const model = denseNetwork({ seed: 0 });
 * const run = await fit(model, images, { epochs: 2, batchSize: 5, seed: 0 });
 * assertEquals(run.history.map(({ epoch }) => epoch), [1, 2]);
 * ```
 */
export async function fit(
  model: tf.LayersModel,
  fitting: ImageDataset,
  options: FitOptions,
): Promise<TrainingRun> {
  assertFitOptions(model, fitting, options);
  const { epochs, batchSize, seed, validation, keep = "last", observer, signal } = options;
  const { optimizer = adam(), learningRate, averageDecay } = options;
  const { augment, labelSmoothing, precision } = options;
  const average = averageDecay === undefined
    ? undefined
    : new WeightAverage(model, { decay: averageDecay });
  const train = trainingStep(model, optimizer, { augment, labelSmoothing, average, precision });
  const validate = validationStep(model);
  const withAverages = average?.during.bind(average) ?? ((fn) => fn());
  const setLearningRate = (done: number) => {
    if (learningRate !== undefined && optimizer instanceof Optimizer) {
      optimizer.setLearningRate(learningRate(done));
    }
  };
  const history: EpochMetrics[] = [];
  const best = new BestWeights();
  const started = performance.now();
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      signal?.throwIfAborted();
      const epochStarted = performance.now();
      const means = await goThrough(fitting, train, {
        action: `train epoch ${epoch}`,
        batchSize,
        shuffle: { seed, epoch: epoch - 1 },
        signal,
        beforeStep: (step, steps) => setLearningRate((epoch - 1 + step / steps) / epochs),
        onProgress: (progress) => observer?.onProgress?.({ ...progress, epoch, epochs }),
      });
      const metrics: EpochMetrics = { epoch, ...means, seconds: secondsSince(epochStarted) };
      if (validation !== undefined) {
        metrics.validation = await withAverages(async () => {
          const means = await goThrough(validation, validate, {
            action: `validate epoch ${epoch}`,
            batchSize,
            signal,
          });
          if (keep === "best") best.offer(model, { epoch, score: means.accuracy });
          return means;
        });
      }
      history.push(metrics);
      await observer?.onEpochEnd?.(metrics, { epochs });
    }
    average?.restore();
    if (keep === "best") best.restore(model);
    const epoch = keep === "best" ? best.epoch : epochs;
    return { history, epoch, seconds: secondsSince(started) };
  } finally {
    best.dispose();
    train.dispose();
    validate.dispose();
    average?.dispose();
    if (options.optimizer === undefined) optimizer.dispose();
  }
}

interface GoThroughOptions {
  action: string;
  batchSize: number;
  shuffle?: { seed: number; epoch: number };
  signal?: AbortSignal;
  beforeStep?: (step: number, steps: number) => void;
  onProgress?: (progress: Omit<Progress, "epoch" | "epochs">) => void | Promise<void>;
}

/** Takes a step with each batch of a dataset; gives the means over all of them. */
async function goThrough(
  dataset: ImageDataset,
  step: Step,
  { action, batchSize, shuffle, signal, beforeStep, onProgress }: GoThroughOptions,
): Promise<Means> {
  const steps = Math.ceil(dataset.length / batchSize);
  const means = new RunningMeans({ action });
  const started = performance.now();
  let reported = started;
  let done = 0;
  let seen = 0;
  try {
    for (const { images, labels } of batches(dataset, { size: batchSize, ...shuffle })) {
      beforeStep?.(done, steps);
      means.add(step(images, labels), images.shape[0]);
      done++;
      seen += images.shape[0];
      // Lets Ctrl-C and whatever draws the progress have their turn.
      await nextTask();
      if (onProgress !== undefined && performance.now() - reported >= REPORT_INTERVAL) {
        const seconds = secondsSince(started);
        await onProgress({ ...await means.read(), step: done, steps, images: seen, seconds });
        reported = performance.now();
      }
      signal?.throwIfAborted();
    }
    return await means.read();
  } finally {
    means.dispose();
  }
}

function secondsSince(milliseconds: number): number {
  return (performance.now() - milliseconds) / 1000;
}
