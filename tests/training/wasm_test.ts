import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomCrop, randomHorizontalFlip } from "../../lib/augmentation/mod.ts";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { MODELS } from "../../lib/models/mod.ts";
import { initBackend, randomStream } from "../../lib/tensorflow/mod.ts";
import { fit } from "../../lib/training/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { tinyDataset, weightValues } from "./tiny.ts";
import { tinyNet } from "./tiny_net.ts";

/** Compares all weights after the same training on two backends. */
async function assertSameWeights(
  backends: readonly string[],
  train: () => Promise<{ before: number[]; after: number[] }>,
  { tolerance }: { tolerance: number },
): Promise<void> {
  const runs: { before: number[]; after: number[] }[] = [];
  for (const backend of backends) {
    if (backend === "cpu") await tf.setBackend("cpu");
    else await initBackend({ backend });
    const left = tf.memory().numTensors;
    runs.push(await train());
    assertEquals(tf.memory().numTensors, left, backend);
  }
  const [a, b] = runs;
  const greatest = (from: readonly number[]) =>
    a.after.reduce((most, weight, i) => Math.max(most, Math.abs(weight - from[i])), 0);
  const [worst, moved] = [greatest(b.after), greatest(a.before)];
  assert(worst < tolerance && moved > 10 * tolerance, `${worst}, and moved by ${moved}`);
}

Deno.test({
  name: "fit() trains on wasm as on cpu: convolution, normalisation, dropout, flips and crops",
  ignore: !granted("read", "env"),
  fn: () =>
    assertSameWeights(["cpu", "wasm"], async () => {
      const model = tinyNet();
      const before = weightValues(model);
      // Not Adam: it makes full steps of gradients that are 0 but for rounding.
      const optimizer = tf.train.sgd(0.05);
      await fit(model, tinyDataset(60, { seed: 1 }), {
        epochs: 3,
        batchSize: 7,
        seed: 0,
        optimizer,
        augment: (images, random) =>
          randomCrop(randomHorizontalFlip(images, random), random, { padding: 1 }),
      });
      const after = weightValues(model);
      optimizer.dispose();
      model.dispose();
      return { before, after };
    }, { tolerance: 1e-4 }),
});

for (const id of ["small-cnn", "vgg"] as const) {
  Deno.test({
    name: `fit() takes a step of ${id} on wasm as on tensorflow`,
    ignore: !tensorflowAvailable() || !granted("read", "env"),
    fn: () =>
      assertSameWeights(["tensorflow", "wasm"], async () => {
        const model = MODELS[id]({ seed: 0 });
        // Each backend has random numbers of its own.
        for (const layer of model.layers) {
          if (layer.getClassName() === "Dropout") Object.assign(layer, { rate: 0 });
        }
        const random = randomStream(0, "images");
        const images = Uint8Array.from({ length: 8 * 784 }, () => 256 * random());
        const dataset = new ImageDataset(images, Uint8Array.from({ length: 8 }, (_, i) => i));
        const before = weightValues(model);
        // Steps of plain gradient descent: Adam's first ones are the gradient's sign.
        const optimizer = tf.train.sgd(0.01);
        await fit(model, dataset, { epochs: 1, batchSize: 8, seed: 0, optimizer });
        const after = weightValues(model);
        optimizer.dispose();
        model.dispose();
        return { before, after };
      }, { tolerance: 1e-4 }),
  });
}
