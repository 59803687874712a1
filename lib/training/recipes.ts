import type { ModelId } from "../models/mod.ts";

/** How a network is trained: everything but the seed. It is kept with every measured run. */
export interface Recipe {
  /** `study` for a study's own recipe. */
  readonly name: string;
  /** Adam with Keras's defaults, the optimizer of both studies. */
  readonly optimizer: "adam";
  readonly learningRate: number;
  /** Images a step. */
  readonly batchSize: number;
  readonly epochs: number;
  readonly loss: "sparseCategoricalCrossentropy";
  /** How many of the 60,000 training images are cut off for validation; 0 for none. */
  readonly validation: number;
  /** Which epoch's weights are kept; the best is by validation accuracy. */
  readonly keep: "last" | "best";
}

const STUDY = {
  name: "study",
  optimizer: "adam",
  learningRate: 0.001,
  loss: "sparseCategoricalCrossentropy",
  validation: 0,
  keep: "last",
} as const;

/**
 * The studies' recipes by model id.
 *
 * `dense` is study A's first try, as in TensorFlow's tutorial "Basic classification: Classify
 * images of clothing"; 32 is the batch size that Keras takes where none is given. `small-cnn` is
 * Piotr Swirkaitis's "Fashion-MNIST Image Classifying Model" (study A). `vgg` is study B's CNN,
 * without its augmentation as yet; the study does not give the size of its validation part, and
 * 5,000 is our choice.
 */
export const RECIPES: Readonly<Record<ModelId, Recipe>> = {
  dense: { ...STUDY, epochs: 10, batchSize: 32 },
  "small-cnn": { ...STUDY, epochs: 10, batchSize: 64 },
  vgg: { ...STUDY, epochs: 50, batchSize: 256, validation: 5_000 },
};
