import type * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { gradientsAcross } from "./across.ts";
import { adam, derivedSeed, Optimizer, RandomGenerator } from "../tensorflow/mod.ts";
import { BestWeights } from "./best_weights.ts";
import { Checkpoints, type Position } from "./checkpoints.ts";
import { goThrough } from "./epoch.ts";
import { assertFitOptions, type FitOptions } from "./fit_options.ts";
import { gradientsOf } from "./gradients.ts";
import type { EpochMetrics } from "./observer.ts";
import { sameStart } from "./same_start.ts";
import { Shards } from "./shards.ts";
import { trainingStep, validationStep } from "./steps.ts";
import { trainingState } from "./training_state.ts";
import { warmUp } from "./warm_up.ts";
import { WeightAverage } from "./weight_average.ts";

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
 * With checkpoints a run that was stopped or killed can go on, and then ends with the very weights
 * that it would have had, on the same machine. A stop writes a checkpoint too.
 *
 * @throws {RangeError} If the options do not fit, before any work; or if a loss is not finite,
 *   with epoch and step. No tensor is left behind by any of these errors.
 * @throws {RangeError} If the checkpoint to go on from is damaged, or of another run.
 * @throws {Deno.errors.AlreadyExists} If there is a checkpoint from which the run is not to go on.
 * @throws {Deno.errors.ConnectionAborted} If a worker of the cluster is lost.
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
  const { epochs, batchSize, seed, validation, keep = "last", observer, signal, cluster } = options;
  const { optimizer = adam(), learningRate, averageDecay, augment, labelSmoothing } = options;
  const shards = Shards.suit(model)
    ? await Shards.start(model, { batchSize, labelSmoothing })
    : undefined;
  const average = averageDecay === undefined
    ? undefined
    : new WeightAverage(model, { decay: averageDecay });
  const random = new RandomGenerator(derivedSeed(seed, "augmentation"));
  const own = shards?.gradients ?? gradientsOf(model, { labelSmoothing });
  const gradients = cluster === undefined ? own : gradientsAcross(cluster, own, model);
  const train = trainingStep(gradients, optimizer, {
    ...augment && { augment: (images) => augment(images, random) },
    average,
    precision: options.precision,
  });
  const validate = validationStep(model, { views: options.views, cluster });
  const withAverages = average?.during.bind(average) ?? ((fn) => fn());
  const best = new BestWeights();
  let checkpoints: Checkpoints | undefined;
  let at: Position = START;
  const stepsPerEpoch = Math.ceil(fitting.length / batchSize);
  try {
    const warm = options.warmUp || options.checkpoints !== undefined || cluster !== undefined;
    if (warm && optimizer instanceof Optimizer) {
      const state = trainingState(model, { optimizer, average, random });
      const datasets = [fitting, validation];
      await warmUp([train, validate], { datasets, batchSize, cluster, signal, state });
      if (options.checkpoints !== undefined && cluster?.isChief !== false) {
        checkpoints = new Checkpoints(state, best, options.checkpoints);
        at = await checkpoints.restore() ?? START;
      }
      if (cluster !== undefined) at = await sameStart(cluster, state, at);
    }
    const started = performance.now() - 1000 * at.seconds;
    while (at.epoch <= epochs) {
      signal?.throwIfAborted();
      const { epoch } = at;
      const epochStarted = performance.now() - 1000 * at.epochSeconds;
      const means = await goThrough(fitting, train, {
        action: `train epoch ${epoch}`,
        batchSize,
        shuffle: { seed, epoch: epoch - 1 },
        cluster,
        signal,
        from: { step: at.step, sums: at.sums, seconds: at.epochSeconds },
        beforeStep(done) {
          if (learningRate === undefined || !(optimizer instanceof Optimizer)) return;
          optimizer.setLearningRate(learningRate((epoch - 1 + done) / epochs));
        },
        async afterStep(step, means, isLast) {
          if (checkpoints === undefined) return;
          const wanted = checkpoints.due || signal?.aborted || isLast;
          if (!wanted && step < stepsPerEpoch) return;
          const [epochSeconds, seconds] = [epochStarted, started].map(secondsSince);
          const steps = at.steps + step - at.step;
          at = { ...at, step, steps, sums: await means.sums(), epochSeconds, seconds };
          if (wanted) await checkpoints.write(at);
        },
        onProgress: (progress) => observer?.onProgress?.({ ...progress, epoch, epochs }),
      });
      const metrics: EpochMetrics = { epoch, ...means, seconds: secondsSince(epochStarted) };
      if (validation !== undefined) {
        metrics.validation = await withAverages(async () => {
          const action = `validate epoch ${epoch}`;
          const looking = { action, batchSize, cluster, signal };
          const means = await goThrough(validation, validate, looking);
          if (keep === "best") best.offer(model, { epoch, score: means.accuracy });
          return means;
        });
      }
      const steps = epoch * stepsPerEpoch;
      const history = [...at.history, metrics];
      at = { ...START, epoch: epoch + 1, steps, seconds: secondsSince(started), history };
      await observer?.onEpochEnd?.(metrics, { epochs });
    }
    average?.restore();
    // After a restart only the chief of a cluster knows the best weights of before.
    if (keep === "best" && best.epoch > 0) best.restore(model);
    const epoch = keep === "best" ? best.epoch : epochs;
    return { history: at.history, epoch, seconds: secondsSince(started) };
  } catch (error) {
    // A stop during training has written its own.
    if (signal?.aborted && at.step === stepsPerEpoch) await checkpoints?.write(at);
    throw error;
  } finally {
    [best, train, validate, random, average, shards].forEach((part) => part?.dispose());
    if (options.optimizer === undefined) optimizer.dispose();
  }
}

const START: Position = {
  epoch: 1,
  step: 0,
  steps: 0,
  sums: { batches: 0, images: 0, loss: 0, correct: 0 },
  epochSeconds: 0,
  seconds: 0,
  history: [],
};

function secondsSince(milliseconds: number): number {
  return (performance.now() - milliseconds) / 1000;
}
