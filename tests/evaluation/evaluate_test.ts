import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { evaluate, evaluatePredictions, predict } from "../../lib/evaluation/mod.ts";

await tf.setBackend("cpu");

/** Seven images of 1x2 pixels, of which a linear model takes the brighter as the class. */
const pixels = Uint8Array.of(255, 0, 0, 255, 51, 102, 102, 51, 0, 0, 204, 0, 0, 51);
const labels = Uint8Array.of(0, 1, 1, 0, 1, 0, 0);
const dataset = new ImageDataset(pixels, labels, { height: 1, width: 2, classes: 2 });

/** Lends a model that gives its two pixels as logits, or, with three units, their sums. */
async function withModel(units: number, use: (model: tf.Sequential) => Promise<void>) {
  const before = tf.memory().numTensors;
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [1, 2, 1] }),
      tf.layers.dense({
        units,
        kernelInitializer: units === 2 ? "identity" : "ones",
        useBias: false,
      }),
    ],
  });
  const held = tf.memory().numTensors;
  await use(model);
  assertEquals(tf.memory().numTensors, held, "tensors are left behind");
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
}

Deno.test("predict() gives every image's logits in order, whatever the batch size", async () => {
  await withModel(2, async (model) => {
    for (const batchSize of [1, 3, 7, 250]) {
      const progress: number[] = [];
      const onProgress = (done: number, total: number) => {
        assertEquals(total, 7);
        progress.push(done);
      };
      const logits = await predict(model, dataset, { batchSize, onProgress });
      assertEquals(logits, Float32Array.from(pixels, (pixel) => Math.fround(pixel / 255)));
      assertEquals(progress.length, Math.ceil(7 / batchSize));
      assertEquals(progress.at(-1), 7);
    }
  });
});

Deno.test("predict() averages the logits of an image and its mirror image, if it is told so", async () => {
  await withModel(2, async (model) => {
    const logits = await predict(model, dataset, { batchSize: 3, views: "mirrored" });
    // The two logits are the two pixels: mirrored, they change places.
    const means = Array.from(pixels, (pixel, i) => (pixel + pixels[i ^ 1]) / 2 / 255);
    logits.forEach((logit, i) => assertAlmostEquals(logit, means[i], 1e-6));
  });
});

Deno.test("predict() stops on a signal and leaves no tensor behind", async () => {
  await withModel(2, async (model) => {
    const controller = new AbortController();
    const batchesSeen: number[] = [];
    const onProgress = (done: number) => {
      batchesSeen.push(done);
      if (done === 4) controller.abort();
    };
    const error = await assertRejects(
      () => predict(model, dataset, { batchSize: 2, onProgress, signal: controller.signal }),
      DOMException,
    );
    assertEquals(error.name, "AbortError");
    assertEquals(batchesSeen, [2, 4]);
  });
});

Deno.test("predict() rejects a model with another number of classes and bad batch sizes", async () => {
  await withModel(3, async (model) => {
    await assertRejects(
      () => predict(model, dataset),
      RangeError,
      "outputs are [[null,3]], expected [[null,2]]",
    );
  });
  await withModel(2, async (model) => {
    for (const batchSize of [0, 2.5, NaN]) {
      await assertRejects(
        () => predict(model, dataset, { batchSize }),
        RangeError,
        `size is ${batchSize}`,
      );
    }
  });
});

Deno.test("evaluate() gives accuracy, loss and classes, the first class on ties", async () => {
  await withModel(2, async (model) => {
    const evaluation = await evaluate(model, dataset, { batchSize: 3 });
    assertEquals(evaluation.predictions, Uint8Array.of(0, 1, 1, 0, 0, 0, 1));
    assertEquals(evaluation.labels, labels);
    assertEquals(evaluation.accuracy, 5 / 7);
    // By hand: log(1 + exp(other logit - the label's logit)) of each image.
    const gaps = [-1, -1, -0.2, -0.2, 0, -0.8, 0.2];
    const losses = gaps.map((gap) => Math.log1p(Math.exp(gap)));
    assertAlmostEquals(evaluation.loss ?? NaN, losses.reduce((a, b) => a + b) / 7, 1e-7);
  });
});

Deno.test("evaluate() rejects an empty dataset", async () => {
  await withModel(2, async (model) => {
    await assertRejects(() => evaluate(model, dataset.take(0)), RangeError, "0 predictions");
  });
});

Deno.test("evaluatePredictions() has no loss and follows the view's order", () => {
  const view = new ImageDataset(pixels, labels, {
    height: 1,
    width: 2,
    classes: 2,
    indices: Uint32Array.of(6, 1),
  });
  assertEquals(evaluatePredictions(Uint8Array.of(0, 0), view), {
    accuracy: 0.5,
    loss: null,
    predictions: Uint8Array.of(0, 0),
    labels: Uint8Array.of(0, 1),
  });
});
