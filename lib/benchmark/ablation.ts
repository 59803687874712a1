import { evaluate, type PredictOptions } from "../evaluation/mod.ts";
import type { ImageDataset } from "../dataset/mod.ts";
import { MODELS } from "../models/mod.ts";
import { fitRecipe, type Recipe, RECIPES, type TrainingObserver } from "../training/mod.ts";
import type { RecordId } from "./records.ts";

/** A recipe with one thing changed. */
export interface Variation {
  /** What is changed, such as `without Muon`. */
  readonly name: string;
  readonly recipe: Recipe;
}

/** How many training images are cut off to tell the variations apart. */
const VALIDATION = 5_000;

/**
 * The recipe `fast` of a network, then with each of its tricks left out in turn, then with what it
 * might have had besides; for the small CNN the study's recipe, too.
 *
 * Where a trick is left out, what stands in its place has a learning rate that suits it: 0.004 for
 * AdamW, beside which 0.008 did as well and 0.002 worse; without a schedule half the peak, which is
 * the mean of one cycle.
 *
 * @param options.epochs Another number of epochs for all but the study's.
 */
export function variations(id: RecordId, { epochs }: { epochs?: number } = {}): Variation[] {
  const { fast } = RECIPES[id];
  const base = { ...fast, validation: VALIDATION, epochs: epochs ?? fast.epochs };
  const changed = (name: string, changes: Partial<Recipe>): Variation => ({
    name,
    recipe: { ...base, name, ...changes },
  });
  const common = [
    changed("fast", {}),
    changed("without Muon", { optimizer: "adamW", learningRate: 0.004, weightDecay: 0.05 }),
    changed("without a schedule", { schedule: undefined, learningRate: fast.learningRate / 2 }),
    changed("without label smoothing", { labelSmoothing: 0 }),
  ];
  if (id === "compact") {
    return [
      ...common,
      changed("without weight decay", { weightDecay: 0 }),
      changed("without shifts", { augmentation: "flip" }),
      changed("without flips", { augmentation: "shift" }),
      changed("with wider shifts and cutout", { augmentation: "flip, crop and cutout" }),
    ];
  }
  return [
    ...common,
    changed("with flips", { augmentation: "flip" }),
    changed("with averaged weights", { averageDecay: 0.99 }),
    { name: "study", recipe: { ...RECIPES[id].study, validation: VALIDATION } },
  ];
}

/** One run of a variation. */
export interface AblationRun {
  readonly variation: string;
  readonly seed: number;
  readonly epochs: number;
  /** Seconds of training. */
  readonly seconds: number;
  /**
   * The share of the validation images whose class was predicted, 0..1: from the image alone, and
   * from the mean of it and its mirror image.
   */
  readonly accuracy: { readonly alone: number; readonly mirrored: number };
  /** After each epoch, the seconds so far and the validation accuracy by the recipe's views. */
  readonly history: readonly { readonly seconds: number; readonly accuracy: number }[];
}

/** Trains a network by a variation and looks at the validation images only. */
export async function runVariation(
  id: RecordId,
  train: ImageDataset,
  { name, recipe }: Variation,
  { seed, observer, signal }: PredictOptions & {
    readonly seed: number;
    readonly observer?: TrainingObserver;
  },
): Promise<AblationRun> {
  const model = MODELS[id]({ seed });
  try {
    const { seconds, history } = await fitRecipe(model, train, {
      recipe,
      seed,
      warmUp: true,
      observer,
      signal,
    });
    const [, validation] = train.split({ validation: recipe.validation, seed });
    const { accuracy: alone } = await evaluate(model, validation, { signal });
    const { accuracy: mirrored } = await evaluate(model, validation, { views: "mirrored", signal });
    let passed = 0;
    return {
      variation: name,
      seed,
      epochs: recipe.epochs,
      seconds,
      accuracy: { alone, mirrored },
      history: history.map(({ seconds, validation }) => ({
        seconds: passed += seconds,
        accuracy: validation?.accuracy ?? NaN,
      })),
    };
  } finally {
    model.dispose();
  }
}
