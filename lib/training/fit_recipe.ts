import type * as tf from "@tensorflow/tfjs";
import { cutout, randomCrop, randomHorizontalFlip } from "../augmentation/mod.ts";
import type { ImageDataset } from "../dataset/mod.ts";
import { adam, adamW, derivedSeed, type Optimizer, RandomGenerator } from "../tensorflow/mod.ts";
import { withAugmentedCopies } from "./augmented_copies.ts";
import { fit, type TrainingRun } from "./fit.ts";
import type { FitOptions } from "./fit_options.ts";
import type { AugmentationName, Recipe } from "./recipes.ts";
import { oneCycle, type Schedule, warmupCosine } from "./schedules.ts";

/** Options of {@linkcode fitRecipe}. */
export interface FitRecipeOptions extends Pick<FitOptions, "observer" | "signal"> {
  readonly recipe: Recipe;
  /** Fixes the validation part, the order of the images and how they are augmented. */
  readonly seed: number;
}

/**
 * Trains a model by a recipe: cuts off the validation part, augments, and makes the optimizer and
 * the schedule.
 *
 * @throws As {@linkcode fit} does.
 */
export async function fitRecipe(
  model: tf.LayersModel,
  train: ImageDataset,
  { recipe, seed, observer, signal }: FitRecipeOptions,
): Promise<TrainingRun> {
  const { validation: size, augmentation } = recipe;
  const [part, validation] = size > 0 ? train.split({ validation: size, seed }) : [train];
  const fitting = augmentation === "study copies"
    ? await withAugmentedCopies(part, { seed, signal })
    : part;
  const random = new RandomGenerator(derivedSeed(seed, "augmentation"));
  const optimizer = optimizerOf(recipe);
  const { epochs, batchSize, keep, labelSmoothing, averageDecay, precision } = recipe;
  try {
    return await fit(model, fitting, {
      epochs,
      batchSize,
      seed,
      validation,
      optimizer,
      learningRate: scheduleOf(recipe),
      augment: augmentation === undefined ? undefined : AUGMENT[augmentation]?.(random),
      labelSmoothing,
      averageDecay,
      precision,
      keep,
      observer,
      signal,
    });
  } finally {
    optimizer.dispose();
    random.dispose();
  }
}

/** What a step does to its images, where it is the step that does it. */
const AUGMENT: Partial<
  Record<AugmentationName, (random: RandomGenerator) => NonNullable<FitOptions["augment"]>>
> = {
  "flip and crop": flipAndCrop,
  "flip, crop and cutout": (random) => (images) =>
    cutout(flipAndCrop(random)(images), random, { size: 8 }),
};

function flipAndCrop(random: RandomGenerator) {
  return (images: tf.Tensor4D) =>
    randomCrop(randomHorizontalFlip(images, random), random, { padding: 2 });
}

function optimizerOf({ optimizer, learningRate, weightDecay }: Recipe): Optimizer {
  return optimizer === "adam" ? adam({ learningRate }) : adamW({ learningRate, weightDecay });
}

function scheduleOf({ schedule, learningRate: peak }: Recipe): Schedule | undefined {
  if (schedule === undefined) return undefined;
  const { name, warmup } = schedule;
  return name === "oneCycle" ? oneCycle({ peak, warmup }) : warmupCosine({ peak, warmup });
}
