import type { Views } from "../augmentation/mod.ts";
import type { ModelId } from "../models/mod.ts";
import type { Precision } from "../tensorflow/mod.ts";

/** How a network is trained: everything but the seed. It is kept with every measured run. */
export interface Recipe {
  /** `study` for a study's own recipe; ours are `fast` and `best`. */
  readonly name: string;
  /**
   * Adam with Keras's defaults, the optimizer of both studies, or with decoupled weight decay; or
   * Muon, with Adam for vectors and the output layer.
   */
  readonly optimizer: OptimizerName;
  /** The learning rate, the highest one where there is a schedule. */
  readonly learningRate: number;
  /** Images a step. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly loss: "sparseCategoricalCrossentropy";
  /** How many of the 60,000 training images are cut off for validation; 0 for none. */
  readonly validation: number;
  /** Which epoch's weights are kept; the best is by validation accuracy. */
  readonly keep: "last" | "best";
  /** What is done to the training images; nothing if not given. */
  readonly augmentation?: AugmentationName;
  /** How the learning rate moves; it is constant if not given. */
  readonly schedule?: { readonly name: "oneCycle" | "warmupCosine"; readonly warmup: number };
  /** The decay of the weights by AdamW or Muon. */
  readonly weightDecay?: number;
  /**
   * How much of its dropout the network has in training: each layer's rate is multiplied by it. 1
   * if not given.
   */
  readonly dropout?: number;
  /** The share of the target that all classes get alike; 0 if not given. */
  readonly labelSmoothing?: number;
  /** The decay of the weights' moving average, which is kept instead of them; none if not given. */
  readonly averageDecay?: number;
  /** The numbers with which the training steps may calculate; float32 if not given. */
  readonly precision?: Precision;
  /**
   * Of which views of an image the logits are averaged, on the validation part and on the test
   * set. The image alone if not given.
   */
  readonly views?: Views;
}

/** The optimizers of recipes. */
export const OPTIMIZERS = ["adam", "adamW", "muon"] as const;

/** The name of one of them. */
export type OptimizerName = typeof OPTIMIZERS[number];

/**
 * What a recipe does to the training images. `study copies` adds study B's augmented copy of each,
 * made once; `flip and crop` flips half of a batch's images and shifts all by up to 2 pixels each
 * time that they are seen, and `flip, crop and cutout` besides cuts a square of 8 pixels out. `flip`
 * only flips half of them, `shift` only shifts all by up to 1 pixel, `flip and shift` does both.
 */
export const AUGMENTATIONS = [
  "study copies",
  "flip",
  "shift",
  "flip and shift",
  "flip and crop",
  "flip, crop and cutout",
] as const;

/** The name of one of them. */
export type AugmentationName = typeof AUGMENTATIONS[number];

/** How many training images Fashion-MNIST has. */
const TRAINING_IMAGES = 60_000;

/** How many images a network has seen after a recipe, each counted as often as it was seen. */
export function imagesSeen({ epochs, validation, augmentation }: Recipe): number {
  return epochs * (TRAINING_IMAGES - validation) * (augmentation === "study copies" ? 2 : 1);
}

const STUDY = {
  name: "study",
  optimizer: "adam",
  learningRate: 0.001,
  loss: "sparseCategoricalCrossentropy",
  validation: 0,
  keep: "last",
} as const;

/** What our recipes by Muon have in common. */
const MUON = {
  optimizer: "muon",
  learningRate: 0.02,
  schedule: { name: "oneCycle", warmup: 0.2 },
  batchSize: 128,
  loss: "sparseCategoricalCrossentropy",
  labelSmoothing: 0.1,
  validation: 0,
  keep: "last",
} as const;

/**
 * The recipes of each network by model id and name.
 *
 * `study`: `dense` is study A's first try, as in TensorFlow's tutorial "Basic classification:
 * Classify images of clothing"; 32 is the batch size that Keras takes where none is given.
 * `small-cnn` is Piotr Swirkaitis's "Fashion-MNIST Image Classifying Model" (study A). `vgg` is
 * study B's CNN; that 6,000 images are cut off for validation and one copy of each other is made
 * once, before training, stands in the study's own code.
 *
 * `fast` is ours. Of `vgg`, dropout, batch size and learning rate were compared on the validation
 * part, by runs of five and eight epochs; the rest are usual values, not compared. All of
 * `small-cnn` and `compact` was compared there, on parts of 5,000 and 10,000 images, the number of
 * epochs too: it is the smallest that passes the target by what validation parts are easier than
 * the test set, 0.5 points. `best` is for the highest accuracy: more epochs, and images that are
 * harder to learn by heart. Its augmentation was compared with two others there, by runs of thirty
 * epochs, and none was better; forty is what three seeds can afford in an hour and a half.
 */
export const RECIPES = {
  dense: { study: { ...STUDY, epochs: 10, batchSize: 32 } },
  "small-cnn": {
    study: { ...STUDY, epochs: 10, batchSize: 64 },
    fast: { ...MUON, name: "fast", epochs: 2 },
  },
  compact: {
    fast: {
      ...MUON,
      name: "fast",
      epochs: 12,
      weightDecay: 0.0075,
      augmentation: "flip and shift",
      views: "mirrored",
    },
    best: {
      ...MUON,
      name: "best",
      epochs: 40,
      weightDecay: 0.0075,
      augmentation: "flip, crop and cutout",
      precision: "bfloat16",
      views: "mirrored",
    },
  },
  vgg: {
    study: {
      ...STUDY,
      epochs: 50,
      batchSize: 256,
      validation: 6_000,
      augmentation: "study copies",
    },
    fast: {
      name: "fast",
      optimizer: "adamW",
      learningRate: 0.001,
      weightDecay: 0.05,
      schedule: { name: "oneCycle", warmup: 0.2 },
      batchSize: 64,
      epochs: 20,
      loss: "sparseCategoricalCrossentropy",
      dropout: 0,
      labelSmoothing: 0.1,
      averageDecay: 0.995,
      augmentation: "flip and crop",
      precision: "bfloat16",
      validation: 5_000,
      keep: "last",
    },
  },
} as const satisfies Record<ModelId, Readonly<Record<string, Recipe>>>;

/** The recipes that a network has, in order: the first is the usual one. */
export function recipesOf(id: ModelId): readonly Recipe[] {
  return Object.values(RECIPES[id]);
}
