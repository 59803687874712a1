import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { bruteForce } from "../../lib/knn/brute_force.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";
import { assertExact, randomDataset, smoothDataset } from "./exactness.ts";

await tf.setBackend("cpu");

Deno.test("KNeighborsClassifier.kneighbors() equals a whole-number brute force", async () => {
  const train = randomDataset(1_200, { name: "train" });
  for (const k of [1, 5, 1_200]) {
    const queries = randomDataset(8, { name: `queries ${k}` });
    const knn = new KNeighborsClassifier({ nNeighbors: k }).fit(train);
    assertExact(await knn.kneighbors(queries), { train, queries, k });
  }
});

Deno.test("KNeighborsClassifier.kneighbors() is exact across blocks of queries and images", async () => {
  const size = { height: 1, width: 3 };
  const train = randomDataset(10_050, { name: "train", ...size });
  const queries = randomDataset(510, { name: "queries", ...size });
  const knn = new KNeighborsClassifier({ nNeighbors: 3 }).fit(train);
  assertExact(await knn.kneighbors(queries), { train, queries, k: 3 });
});

Deno.test("KNeighborsClassifier.kneighbors() makes an index for much work, and keeps it", async () => {
  const size = { height: 5, width: 5 };
  const train = smoothDataset(17_000, { name: "train", ...size });
  const queries = smoothDataset(1_000, { name: "queries", ...size });
  const knn = new KNeighborsClassifier().fit(train);
  const few = await knn.kneighbors(queries.take(10));
  assertEquals(few.work, { coarse: 0, fine: 0, measured: 170_000 });
  const all = await knn.kneighbors(queries);
  assert(all.work.coarse > 0 && all.work.measured < 17_000_000 / 10, JSON.stringify(all.work));
  const expected = await bruteForce(train, queries, { k: 5 });
  assertEquals([all.indices, all.distances], [expected.indices, expected.distances]);
  const again = await knn.kneighbors(queries.take(10));
  assertEquals([again.indices, again.distances], [few.indices, few.distances]);
  assert(again.work.coarse > 0);
});

Deno.test("KNeighborsClassifier.kneighbors() gives as many neighbours as it is asked for", async () => {
  const train = randomDataset(30, { name: "train" });
  const queries = randomDataset(3, { name: "queries" });
  const knn = new KNeighborsClassifier().fit(train);
  const { indices } = await knn.kneighbors(queries, { nNeighbors: 2 });
  const all = await knn.kneighbors(queries);
  assertEquals([...indices], [0, 1, 5, 6, 10, 11].map((i) => all.indices[i]));
  for (const nNeighbors of [0, 1.5, 31, NaN]) {
    await assertRejects(
      () => knn.kneighbors(queries, { nNeighbors }),
      RangeError,
      `Cannot search ${nNeighbors} neighbours: expected 1 to the 30 training images`,
    );
  }
});

Deno.test("KNeighborsClassifier.kneighbors() answers calls at the same time as one by one", async () => {
  const knn = new KNeighborsClassifier().fit(randomDataset(500, { name: "train" }));
  const [a, b] = ["a", "b"].map((name) => randomDataset(5, { name }));
  const both = await Promise.all([knn.kneighbors(a), knn.kneighbors(b)]);
  assertEquals(both, [await knn.kneighbors(a), await knn.kneighbors(b)]);
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
  const [train, queries] = whole.split({ validation: 8, seed: 0 });
  const found = await new KNeighborsClassifier().fit(train).kneighbors(queries);
  assertExact(found, { train, queries, k: 5 });
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
  assertEquals(seen.at(-1), 1_200);
  assertEquals(seen, seen.toSorted((a, b) => a - b));
  const controller = new AbortController();
  const error = await assertRejects(
    () => knn.predict(queries, { onProgress: () => controller.abort(), signal: controller.signal }),
    DOMException,
  );
  assertEquals(error.name, "AbortError");
  assertEquals(tf.memory().numTensors, before);
});
