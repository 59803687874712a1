import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

const randomDataset = (count: number, { name, levels = 256, height = 5, width = 7 }: {
  name: string;
  levels?: number;
  height?: number;
  width?: number;
}) => {
  const random = randomStream(0, name);
  const draw = (limit: number) => Math.floor(random() * limit);
  return new ImageDataset(
    Uint8Array.from({ length: count * height * width }, () => draw(levels)),
    Uint8Array.from({ length: count }, () => draw(10)),
    { height, width },
  );
};

/** Every distance in whole numbers, sorted by (distance, position). */
function bruteForce(train: ImageDataset, query: Uint8Array, k: number) {
  return Array.from({ length: train.length }, (_, index) => ({
    index,
    distance: train.image(index).reduce((sum, pixel, i) => sum + (pixel - query[i]) ** 2, 0),
  })).sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, k);
}

async function assertExact(train: ImageDataset, queries: ImageDataset, k: number) {
  const knn = new KNeighborsClassifier({ nNeighbors: k }).fit(train);
  const { indices, distances } = await knn.kneighbors(queries);
  for (let query = 0; query < queries.length; query++) {
    const expected = bruteForce(train, queries.image(query), k);
    const found = Array.from(expected, (_, rank) => ({
      index: indices[query * k + rank],
      distance: distances[query * k + rank],
    }));
    assertEquals(found, expected);
  }
}

Deno.test("KNeighborsClassifier.kneighbors() equals a whole-number brute force", async () => {
  const train = randomDataset(300, { name: "train" });
  const queries = randomDataset(40, { name: "queries" });
  for (const k of [1, 5, 300]) await assertExact(train, queries, k);
});

Deno.test("KNeighborsClassifier.kneighbors() orders ties by position, of which 3 grey levels give many", async () => {
  const train = randomDataset(300, { name: "train", levels: 3, width: 1 });
  await assertExact(train, randomDataset(40, { name: "queries", levels: 3, width: 1 }), 7);
});

Deno.test("KNeighborsClassifier.kneighbors() is exact across blocks of queries and training images", async () => {
  const size = { height: 1, width: 3 };
  const train = randomDataset(10_050, { name: "train", ...size });
  await assertExact(train, randomDataset(510, { name: "queries", ...size }), 3);
});

Deno.test("KNeighborsClassifier.kneighbors() is exact at the greatest distances there are", async () => {
  const size = { height: 32, width: 32 };
  const pixels = 32 * 32;
  const black = new Uint8Array(pixels), white = new Uint8Array(pixels).fill(255);
  const train = new ImageDataset(new Uint8Array([...white, ...black]), new Uint8Array(2), size);
  const knn = new KNeighborsClassifier({ nNeighbors: 2 }).fit(train);
  const { indices, distances } = await knn.kneighbors(train);
  assertEquals(distances, new Uint32Array([0, pixels * 255 ** 2, 0, pixels * 255 ** 2]));
  assertEquals(indices, new Uint32Array([0, 1, 1, 0]));
});

Deno.test("KNeighborsClassifier searches a view of a dataset by the view's own positions", async () => {
  const whole = randomDataset(200, { name: "train" });
  const [fitting, validation] = whole.split({ validation: 50, seed: 0 });
  await assertExact(fitting, validation, 5);
});

Deno.test("KNeighborsClassifier.predict() takes the majority, the smallest class on a tie", async () => {
  const size = { height: 1, width: 1 };
  const train = new ImageDataset(
    new Uint8Array([10, 11, 12, 13, 14, 200]),
    new Uint8Array([7, 2, 7, 2, 9, 1]),
    size,
  );
  const queries = new ImageDataset(new Uint8Array([12, 201]), new Uint8Array(2), size);
  const five = new KNeighborsClassifier().fit(train);
  // Classes 7 and 2 have two votes each at both: 10..14 are nearest, then 200 and 11..14.
  assertEquals(await five.predict(queries), new Uint8Array([2, 2]));
  const one = new KNeighborsClassifier({ nNeighbors: 1 }).fit(train);
  assertEquals(await one.predict(queries), new Uint8Array([7, 1]));
});

Deno.test("KNeighborsClassifier gives an empty answer to no queries", async () => {
  const train = randomDataset(10, { name: "train" });
  assertEquals(
    await new KNeighborsClassifier().fit(train).predict(train.take(0)),
    new Uint8Array(),
  );
});

Deno.test("KNeighborsClassifier refuses too few images, other sizes, and to search before fit()", async () => {
  const train = randomDataset(4, { name: "train" });
  assertThrows(() => new KNeighborsClassifier({ nNeighbors: 0 }), RangeError, "0 neighbours");
  assertThrows(() => new KNeighborsClassifier({ nNeighbors: 1.5 }), RangeError, "1.5 neighbours");
  assertThrows(() => new KNeighborsClassifier().fit(train), RangeError, "4 training images");
  const large = randomDataset(5, { name: "large", height: 33, width: 32 });
  assertThrows(
    () => new KNeighborsClassifier().fit(large),
    RangeError,
    "1056 pixels: at most 1024",
  );
  await assertRejects(
    () => new KNeighborsClassifier().predict(train),
    TypeError,
    "call fit() first",
  );
  const knn = new KNeighborsClassifier({ nNeighbors: 2 }).fit(train);
  await assertRejects(
    () => knn.predict(randomDataset(1, { name: "wide", width: 8 })),
    RangeError,
    "5x8 images: the training images are 5x7",
  );
});

Deno.test("KNeighborsClassifier.predict() reports progress, stops at a signal and keeps no tensor", async () => {
  const train = randomDataset(50, { name: "train" });
  const queries = randomDataset(1_200, { name: "queries" });
  const knn = new KNeighborsClassifier().fit(train);
  const before = tf.memory().numTensors;
  const seen: number[] = [];
  await knn.predict(queries, { onProgress: (done) => seen.push(done) });
  assertEquals(seen, [500, 1_000, 1_200]);
  const controller = new AbortController();
  const error = await assertRejects(
    () => knn.predict(queries, { onProgress: () => controller.abort(), signal: controller.signal }),
    DOMException,
  );
  assertEquals(error.name, "AbortError");
  assertEquals(tf.memory().numTensors, before);
});
