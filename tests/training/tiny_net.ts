import * as tf from "@tensorflow/tfjs";
import { BatchNormalization, Dropout } from "../../lib/tensorflow/mod.ts";
import type { Recipe } from "../../lib/training/mod.ts";

/** Uses everything that a recipe can have. */
export const RECIPE: Recipe = {
  name: "test",
  optimizer: "adamW",
  learningRate: 0.02,
  weightDecay: 0.01,
  schedule: { name: "oneCycle", warmup: 0.2 },
  batchSize: 7,
  epochs: 3,
  loss: "sparseCategoricalCrossentropy",
  labelSmoothing: 0.1,
  averageDecay: 0.9,
  augmentation: "flip and crop",
  precision: "bfloat16",
  validation: 9,
  keep: "best",
};

/** Has everything that a checkpoint must bring back. */
export function tinyNet(name = "tiny"): tf.Sequential {
  return tf.sequential({
    name,
    layers: [
      tf.layers.conv2d({
        inputShape: [2, 2, 1],
        filters: 4,
        kernelSize: 2,
        padding: "same",
        kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      new BatchNormalization(),
      new Dropout({ rate: 0.3, seed: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.heNormal({ seed: 3 }) }),
    ],
  });
}
