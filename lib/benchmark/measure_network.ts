import { existsSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import type { FashionMnist, ImageDataset } from "../dataset/mod.ts";
import { evaluate, type Evaluation, type PredictOptions } from "../evaluation/mod.ts";
import { flopsPerImage, loadModel, type ModelId, MODELS, saveModel } from "../models/mod.ts";
import type { Backend, Cluster } from "../tensorflow/mod.ts";
import { fitRecipe, type Recipe, type TrainingObserver } from "../training/mod.ts";
import { networkRowOf } from "./network_rows.ts";
import { provenance } from "./provenance.ts";
import type { NetworkResult, SavedWeights } from "./run_result.ts";
import { sha256 } from "./sha256.ts";

/** How many of the 10,000 test images may get another class when weights become float16. */
const MAX_CLASSES_CHANGED = 5;

/** How {@linkcode measureNetwork} trains and where it leaves the weights. */
export interface MeasureNetworkOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  /** Gets `model.json` and `weights.bin`. */
  readonly directory: string;
  /** What is in use, for the result. */
  readonly backend: Backend;
  /** When checkpoints are written into the same folder, and whether to go on from the last. */
  readonly checkpoints?: { readonly minutes: number; readonly resume: boolean };
  /** Trains together with other workers; this one is the chief. */
  readonly cluster?: Cluster;
  /** Whether the steps are recorded before the clock of the run starts. */
  readonly warmUp?: boolean;
  readonly observer?: TrainingObserver;
  readonly onProgress?: PredictOptions["onProgress"];
  readonly signal?: AbortSignal;
}

/**
 * Trains a network by a recipe, saves it, and evaluates what was saved on the test set, which
 * is read here for the first time. Weights are saved as float16, unless more than 5 test images
 * in 10,000 then get another class.
 *
 * If it is stopped while it trains, the weights of the last whole step are saved all the same; those
 * of a run that is to go on stay as they are until it does.
 *
 * @throws {RangeError} If the recipe does not fit the data, or the checkpoint the run, as `fit`
 *   has it.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function measureNetwork(
  id: ModelId,
  { train, test }: FashionMnist,
  { recipe, seed, directory, backend, checkpoints, cluster, warmUp, observer, onProgress, signal }:
    MeasureNetworkOptions,
): Promise<NetworkResult> {
  const described = await provenance(backend);
  const model = MODELS[id]({ seed });
  try {
    const run = await fitRecipe(model, train, {
      recipe,
      seed,
      checkpoints: checkpoints && { ...checkpoints, directory },
      cluster,
      warmUp,
      observer,
      signal,
    });
    const { evaluation, weights, seconds } = await saveAndEvaluate(model, test, {
      directory,
      views: recipe.views,
      onProgress,
      signal,
    });
    const { accuracy, loss, predictions } = evaluation;
    return {
      model: networkRowOf(id, recipe),
      recipe,
      seed,
      ...described,
      ...cluster && { workers: cluster.size },
      seconds: { training: run.seconds, evaluation: seconds },
      parameters: model.countParams(),
      flopsPerImage: (recipe.views === undefined ? 1 : 2) * flopsPerImage(model),
      weights,
      test: { accuracy, loss, predictions },
      history: run.history,
    };
  } catch (error) {
    // A run that was to go on has more in its folder than one that has not begun yet.
    const isThere = existsSync(join(directory, "model.json"));
    if (signal?.aborted && !(isThere && isUntrained(model, id, { seed }))) {
      await saveModel(model, directory);
    }
    throw error;
  } finally {
    model.dispose();
  }
}

/** Whether a model still has the weights that it began with. */
function isUntrained(model: tf.LayersModel, id: ModelId, { seed }: { seed: number }): boolean {
  const fresh = MODELS[id]({ seed });
  try {
    return tf.tidy(() => {
      const initial = fresh.getWeights();
      return model.getWeights()
        .every((weight, i) => tf.all(tf.equal(weight, initial[i])).dataSync()[0] === 1);
    });
  } finally {
    fresh.dispose();
  }
}

/** The evaluation of a saved model, and the seconds that it took. */
export interface TimedEvaluation {
  readonly evaluation: Evaluation & { readonly loss: number };
  readonly seconds: number;
}

/** Loads a saved model, evaluates it on a dataset and disposes it. */
export async function evaluateSaved(
  directory: string,
  dataset: ImageDataset,
  options: PredictOptions,
): Promise<TimedEvaluation> {
  const model = await loadModel(directory);
  const started = performance.now();
  const evaluation = await evaluate(model, dataset, options);
  model.dispose();
  return { evaluation, seconds: (performance.now() - started) / 1000 };
}

async function saveAndEvaluate(
  model: tf.Sequential,
  test: ImageDataset,
  { directory, ...options }: PredictOptions & { directory: string },
): Promise<TimedEvaluation & { weights: SavedWeights }> {
  const { predictions: asTrained } = await evaluate(model, test, options);
  for (const dtype of ["float16", "float32"] as const) {
    await saveModel(model, directory, { dtype });
    const timed = await evaluateSaved(directory, test, options);
    const classesChanged = differences(timed.evaluation.predictions, asTrained);
    if (classesChanged <= MAX_CLASSES_CHANGED) {
      const sha256 = await weightsSha256(directory);
      return { ...timed, weights: { dtype, sha256, classesChanged } };
    }
  }
  throw new RangeError(`Cannot save model: from ${directory} it gives other classes`);
}

/** The SHA-256 of the `weights.bin` of a saved model, 64 hexadecimal digits. */
export async function weightsSha256(directory: string): Promise<string> {
  return await sha256(await Deno.readFile(join(directory, "weights.bin")));
}

/** How many predictions of two classifiers differ, image by image. */
export function differences(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((count, prediction, i) => count + (prediction === b[i] ? 0 : 1), 0);
}
