import * as tf from "@tensorflow/tfjs";
import { cutout, randomCrop, randomHorizontalFlip } from "../augmentation/mod.ts";
import type { ImageDataset } from "../dataset/mod.ts";
import {
  adam,
  adamW,
  Dropout,
  muon,
  type Optimizer,
  type RandomGenerator,
} from "../tensorflow/mod.ts";
import { withAugmentedCopies } from "./augmented_copies.ts";
import type { CheckpointOptions } from "./checkpoints.ts";
import { dataChecksum } from "./data_checksum.ts";
import { fit, type TrainingRun } from "./fit.ts";
import type { FitOptions } from "./fit_options.ts";
import type { AugmentationName, Recipe } from "./recipes.ts";
import { oneCycle, type Schedule, warmupCosine } from "./schedules.ts";

/** Options of {@linkcode fitRecipe}. */
export interface FitRecipeOptions
  extends Pick<FitOptions, "cluster" | "observer" | "signal" | "warmUp"> {
  readonly recipe: Recipe;
  /** Fixes the validation part, the order of the images and how they are augmented. */
  readonly seed: number;
  /** Where checkpoints go, when they are written and whether the run goes on from the last. */
  readonly checkpoints?: Omit<CheckpointOptions, "identity">;
}

/**
 * Trains a model by a recipe: cuts off the validation part, augments, and makes the optimizer and
 * the schedule.
 *
 * @throws {RangeError} In a cluster, if a worker has another model, recipe, seed or data.
 * @throws As {@linkcode fit} does.
 */
export async function fitRecipe(
  model: tf.LayersModel,
  train: ImageDataset,
  { recipe, seed, checkpoints, cluster, warmUp, observer, signal }: FitRecipeOptions,
): Promise<TrainingRun> {
  const { validation: size, augmentation } = recipe;
  const [part, validation] = size > 0 ? train.split({ validation: size, seed }) : [train];
  const fitting = augmentation === "study copies"
    ? await withAugmentedCopies(part, { seed, signal })
    : part;
  const optimizer = optimizerOf(recipe);
  const restoreRates = scaleDropout(model, recipe.dropout ?? 1);
  const identity = {
    model: model.name,
    backend: tf.getBackend(),
    seed: String(seed),
    ...texts(recipe),
    ...cluster && { workers: String(cluster.size) },
  };
  const { epochs, batchSize, keep, labelSmoothing, averageDecay, precision, views } = recipe;
  try {
    const whole = checkpoints || cluster
      ? { ...identity, ...dataIdentity(fitting, validation) }
      : identity;
    await cluster?.assertAlike(whole);
    return await fit(model, fitting, {
      epochs,
      batchSize,
      seed,
      validation,
      optimizer,
      learningRate: scheduleOf(recipe),
      augment: augmentation && AUGMENT[augmentation],
      labelSmoothing,
      averageDecay,
      precision,
      keep,
      views,
      checkpoints: checkpoints && { ...checkpoints, identity: whole },
      cluster,
      warmUp,
      observer,
      signal,
    });
  } finally {
    optimizer.dispose();
    restoreRates();
  }
}

/** Multiplies the rates of a model's dropouts; what it returns takes that back. */
function scaleDropout(model: tf.LayersModel, factor: number): () => void {
  const dropouts = model.layers.filter((layer) => layer instanceof Dropout);
  const rates = dropouts.map(({ rate }) => rate);
  dropouts.forEach((dropout, i) => dropout.rate = rates[i] * factor);
  return () => dropouts.forEach((dropout, i) => dropout.rate = rates[i]);
}

function dataIdentity(fitting: ImageDataset, validation: ImageDataset | undefined) {
  return {
    "training images": dataChecksum(fitting),
    "validation images": validation ? dataChecksum(validation) : "none",
  };
}

function texts(fields: Recipe): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}

/** What a step does to its images, where it is the step that does it. */
const AUGMENT: Partial<Record<AugmentationName, FitOptions["augment"]>> = {
  "flip": randomHorizontalFlip,
  "shift": (images, random) => randomCrop(images, random, { padding: 1 }),
  "flip and shift": (images, random) => flipAndShift(images, random, { reach: 1 }),
  "flip and crop": flipAndCrop,
  "flip, crop and cutout": (images, random) =>
    cutout(flipAndCrop(images, random), random, { size: 8 }),
};

/** What the VGG's recipe `fast` does to a batch: mirrors half and shifts all by up to 2 pixels. */
export function flipAndCrop(images: tf.Tensor4D, random: RandomGenerator): tf.Tensor4D {
  return flipAndShift(images, random, { reach: 2 });
}

function flipAndShift(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { reach }: { reach: number },
): tf.Tensor4D {
  return randomCrop(randomHorizontalFlip(images, random), random, { padding: reach });
}

function optimizerOf({ optimizer, learningRate, weightDecay }: Recipe): Optimizer {
  switch (optimizer) {
    case "adam":
      return adam({ learningRate });
    case "adamW":
      return adamW({ learningRate, weightDecay });
    case "muon":
      return muon({
        learningRate,
        weightDecay,
        adamLearningRate: ADAM_SHARE * learningRate,
        isForAdam: (name) => name.startsWith("logits/"),
      });
  }
}

/** Adam's share of Muon's learning rate, where Muon leaves weights to it. */
const ADAM_SHARE = 0.15;

function scheduleOf({ schedule, learningRate: peak }: Recipe): Schedule | undefined {
  if (schedule === undefined) return undefined;
  const { name, warmup } = schedule;
  return name === "oneCycle" ? oneCycle({ peak, warmup }) : warmupCosine({ peak, warmup });
}
