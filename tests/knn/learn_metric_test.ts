import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier, learnMetric } from "../../lib/knn/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

const SIZE = { height: 1, width: 12, classes: 2 };
/** Two classes that differ by a little in the first pixel, among eleven of loud noise. */
function noisyClasses(count: number, name: string): ImageDataset {
  const random = randomStream(0, name);
  const pixels = Array.from({ length: count }, (_, i) => [
    100 + 30 * (i % 2) + 10 * random(),
    ...Array.from({ length: 11 }, () => 256 * random()),
  ]);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  return new ImageDataset(Uint8Array.from(pixels.flat()), labels, SIZE);
}
const train = noisyClasses(200, "train");
const test = noisyClasses(100, "test");
const options = { seed: 3, dimensions: 2, batchSize: 50, steps: 120, learningRate: 0.1 };

const accuracyOf = async (fitted: ImageDataset, asked: ImageDataset) => {
  const predictions = await new KNeighborsClassifier().fit(fitted).predict(asked);
  return predictions.filter((prediction, i) => prediction === asked.label(i)).length / 100;
};

Deno.test("learnMetric() finds the pixel in which two classes differ", async () => {
  const metric = await learnMetric(train, options);
  const learned = await accuracyOf(metric.transform(train), metric.transform(test));
  const plain = await accuracyOf(train, test);
  assert(plain < 0.75 && learned > 0.95, `${plain} and ${learned}`);
});

Deno.test("learnMetric() repeats itself by its seed, and keeps no tensor", async () => {
  const before = tf.memory().numTensors;
  const few = { ...options, steps: 5 };
  const metric = await learnMetric(train, few);
  assertEquals(await learnMetric(train, few), metric);
  const other = await learnMetric(train, { ...few, seed: 4 });
  assert(other.weights.some((weight, i) => weight !== metric.weights[i]));
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("learnMetric() ends with and without someone to tell, and stops at a signal", async () => {
  const few = { ...options, steps: 9 };
  const told: number[] = [];
  const metric = await learnMetric(train, { ...few, onProgress: (done) => told.push(done) });
  assertEquals(told, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals(await learnMetric(train, few), metric);
  const controller = new AbortController();
  const before = tf.memory().numTensors;
  const error = await assertRejects(() =>
    learnMetric(train, {
      ...few,
      signal: controller.signal,
      onProgress: (done) => done === 3 && controller.abort(),
    }), DOMException);
  assertEquals(error.name, "AbortError");
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("learnMetric() refuses fewer images than a batch, and options that mean nothing", async () => {
  await assertRejects(
    () => learnMetric(train, { ...options, batchSize: 201 }),
    RangeError,
    "there are 200 images, at least 201 for a batch",
  );
  for (const wrong of [{ dimensions: 0 }, { steps: 1.5 }, { batchSize: NaN }]) {
    await assertRejects(
      () => learnMetric(train, { ...options, ...wrong }),
      RangeError,
      `${Object.keys(wrong)[0]} is ${Object.values(wrong)[0]}`,
    );
  }
});
