import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batches, type BatchesOptions, ImageDataset } from "../../lib/dataset/mod.ts";

await tf.setBackend("cpu");

// Ten images of 1x2 pixels; the label is the image's number.
const DATASET = new ImageDataset(
  Uint8Array.from({ length: 20 }, (_, i) => 12 * i),
  Uint8Array.from({ length: 10 }, (_, i) => i),
  { height: 1, width: 2 },
);

/** The labels of every batch. */
function labelsOf(dataset: ImageDataset, options: BatchesOptions): number[][] {
  return Array.from(batches(dataset, options), ({ labels }) => [...labels.dataSync()]);
}

Deno.test("batches() keeps the dataset's order without a seed, the last batch being smaller", () => {
  assertEquals(labelsOf(DATASET, { size: 4 }), [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]);
  assertEquals(labelsOf(DATASET, { size: 99 }).length, 1);
  assertEquals(labelsOf(DATASET.take(0), { size: 4 }), []);
});

Deno.test("batches() gives pixels divided by 255 in float32", () => {
  const view = new ImageDataset(DATASET.images, DATASET.labels, {
    height: 1,
    width: 2,
    indices: Uint32Array.of(7, 1),
  });
  const [batch] = batches(view, { size: 2 }).map(({ images, labels }) => ({
    shape: images.shape,
    dtypes: [images.dtype, labels.dtype],
    values: [...images.dataSync()],
  }));
  assertEquals(batch.shape, [2, 1, 2, 1]);
  assertEquals(batch.dtypes, ["float32", "int32"]);
  assertEquals(batch.values, [168, 180, 24, 36].map((pixel) => Math.fround(pixel / 255)));
});

Deno.test("batches() shows every image once an epoch, each with its label", () => {
  const pairs: number[][] = [];
  for (const { images, labels } of batches(DATASET, { size: 3, seed: 5, epoch: 2 })) {
    const pixels = images.dataSync();
    labels.dataSync().forEach((label, row) => {
      pairs.push([label, Math.round(255 * pixels[2 * row])]);
    });
  }
  pairs.sort(([a], [b]) => a - b);
  assertEquals(pairs, Array.from({ length: 10 }, (_, i) => [i, 24 * i]));
});

Deno.test("batches() is shuffled by the seed and the epoch", () => {
  const order = (seed: number, epoch: number) => labelsOf(DATASET, { size: 10, seed, epoch })[0];
  assertEquals(order(1, 0), order(1, 0));
  assertEquals(order(1, 0), labelsOf(DATASET, { size: 10, seed: 1 })[0]);
  const orders = [order(1, 0), order(1, 1), order(2, 0), [...DATASET.labels]];
  assertEquals(new Set(orders.map((labels) => labels.join())).size, 4);
});

Deno.test("batches() disposes a batch when the next is asked for, and the last at the end", () => {
  const before = tf.memory().numTensors;
  for (const _ of batches(DATASET, { size: 4 })) {
    assertEquals(tf.memory().numTensors, before + 2);
  }
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("batches() disposes the batch when the loop is left by break or throw", () => {
  const before = tf.memory().numTensors;
  for (const _ of batches(DATASET, { size: 4 })) break;
  assertEquals(tf.memory().numTensors, before);
  assertThrows(() => {
    for (const _ of batches(DATASET, { size: 4 })) throw new TypeError("left");
  }, TypeError);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("batches() rejects a size that is no positive integer, at the call", () => {
  for (const size of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => batches(DATASET, { size }),
      RangeError,
      `Cannot make batches: size is ${size}, expected a positive integer`,
    );
  }
});

Deno.test("batches() leaves out the first ones and goes on as if they had been there", () => {
  const all = labelsOf(DATASET, { size: 4, seed: 5, epoch: 2 });
  assertEquals(labelsOf(DATASET, { size: 4, seed: 5, epoch: 2, skip: 2 }), all.slice(2));
  assertEquals(labelsOf(DATASET, { size: 4, seed: 5, epoch: 2, skip: 3 }), []);
});
