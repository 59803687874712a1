import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

/** Images of 2x2 random pixels; the label is the brightest of the first three. */
export function tinyDataset(count: number, { seed }: { seed: number }): ImageDataset {
  const random = randomStream(seed, "tiny");
  const images = Uint8Array.from({ length: 4 * count }, () => Math.floor(256 * random()));
  const labels = Uint8Array.from({ length: count }, (_, i) => {
    const pixels = [...images.subarray(4 * i, 4 * i + 3)];
    return pixels.indexOf(Math.max(...pixels));
  });
  return new ImageDataset(images, labels, { height: 2, width: 2, classes: 3 });
}

/** A linear classifier of such images with fixed initial weights. */
export function linearModel(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 2, 1] }),
      tf.layers.dense({ name: "logits", units: 3 }),
    ],
  });
  setWeights(model, [[0.5, -0.3, 0.2, 0.1, 0.4, -0.6, -0.2, 0.7, 0.3, 0, -0.1, 0.8], [
    0,
    0.1,
    -0.1,
  ]]);
  return model;
}

/** Sets a linear model's kernel `[4, 3]` and bias `[3]`. */
export function setWeights(model: tf.LayersModel, [kernel, bias]: number[][]): void {
  tf.tidy(() => model.setWeights([tf.tensor2d(kernel, [4, 3]), tf.tensor1d(bias)]));
}

/** All weights of a model, one after the other. */
export function weightValues(model: tf.LayersModel): number[] {
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}

/** Runs `use` and asserts that it leaves as many tensors as it found. */
export async function withoutLeaks(use: () => Promise<void>): Promise<void> {
  const before = tf.memory().numTensors;
  await use();
  assertEquals(tf.memory().numTensors, before, "tensors are left behind");
}

/** What a linear model makes of a dataset, and the loss's gradient, computed in float64. */
export function reference(parameters: readonly number[], dataset: ImageDataset) {
  const gradient = parameters.map(() => 0);
  let loss = 0;
  let correct = 0;
  for (let i = 0; i < dataset.length; i++) {
    const pixels = Array.from(dataset.image(i), (pixel) => pixel / 255);
    const logits = [0, 1, 2].map((c) =>
      pixels.reduce((sum, pixel, p) => sum + pixel * parameters[3 * p + c], parameters[12 + c])
    );
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    const label = dataset.label(i);
    loss += Math.log(sum) - logits[label];
    correct += Number(logits.indexOf(Math.max(...logits)) === label);
    for (const c of [0, 1, 2]) {
      const error = (Math.exp(logits[c]) / sum - Number(c === label)) / dataset.length;
      pixels.forEach((pixel, p) => gradient[3 * p + c] += error * pixel);
      gradient[12 + c] += error;
    }
  }
  return { loss: loss / dataset.length, accuracy: correct / dataset.length, gradient };
}

/** Plain gradient descent that also calls `after` when it has taken its n-th step, from 1. */
export function gradientDescent(learningRate: number, after: (step: number) => void): tf.Optimizer {
  const optimizer = tf.train.sgd(learningRate);
  const applyGradients = optimizer.applyGradients.bind(optimizer);
  let steps = 0;
  optimizer.applyGradients = (gradients) => {
    applyGradients(gradients);
    after(++steps);
  };
  return optimizer;
}
