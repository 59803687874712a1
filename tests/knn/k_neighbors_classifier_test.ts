import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
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
  const { indices, distances, work } = await knn.kneighbors(queries);
  for (let query = 0; query < queries.length; query++) {
    const expected = bruteForce(train, queries.image(query), k);
    const found = Array.from(expected, (_, rank) => ({
      index: indices[query * k + rank],
      distance: distances[query * k + rank],
    }));
    assertEquals(found, expected, `query ${query}`);
  }
  return work;
}

/** So few queries that they are always searched by sketches, however little that helps. */
const FEW = 8;

/** Sums of a few patterns and a little noise: images near a plane of few dimensions. */
const smoothDataset = (count: number, { name, height = 12, width = 12 }: {
  name: string;
  height?: number;
  width?: number;
}) => {
  const patterns = randomDataset(4, { name: "patterns", height, width });
  const random = randomStream(0, name);
  const images = Array.from({ length: count }, () => {
    const shares = Array.from({ length: 4 }, () => random() / 4);
    return Array.from(
      { length: height * width },
      (_, i) => shares.reduce((sum, share, p) => sum + share * patterns.image(p)[i], 3 * random()),
    );
  });
  return new ImageDataset(Uint8Array.from(images.flat()), new Uint8Array(count), { height, width });
};

Deno.test("KNeighborsClassifier.kneighbors() equals a whole-number brute force", async () => {
  const train = randomDataset(1_200, { name: "train" });
  for (const k of [1, 5, 1_200]) {
    await assertExact(train, randomDataset(FEW, { name: `queries ${k}` }), k);
  }
});

Deno.test("KNeighborsClassifier.kneighbors() orders ties by position, of which 3 grey levels give many", async () => {
  const train = randomDataset(1_200, { name: "train", levels: 3, width: 1 });
  await assertExact(train, randomDataset(FEW, { name: "queries", levels: 3, width: 1 }), 7);
});

Deno.test("KNeighborsClassifier.kneighbors() is exact where rounding is as large as distances", async () => {
  // 3 grey levels: distances of about 4, of sketches 16, and rounding of up to 11.
  for (const name of ["a", "b", "c", "d"]) {
    const size = { levels: 3, height: 12, width: 12 };
    const train = randomDataset(1_200, { name: `train ${name}`, ...size });
    await assertExact(train, randomDataset(FEW, { name: `queries ${name}`, ...size }), 5);
  }
});

Deno.test("KNeighborsClassifier.kneighbors() is exact where sketches rule most images out", async () => {
  const train = smoothDataset(4_000, { name: "train" });
  const queries = smoothDataset(300, { name: "queries" });
  const work = await assertExact(train, queries, 5);
  const all = train.length * queries.length;
  assert(work.coarse < all / 2 && work.fine < all / 8 && work.measured < all / 20, `${all}`);
});

Deno.test("KNeighborsClassifier.kneighbors() is exact where images differ beside the directions", async () => {
  // Every third image is learned from: black or white, and none of them lit at the last pixel.
  const image = (grey: number, last: number) => [...new Array<number>(143).fill(grey), last];
  const images = Array.from({ length: 4_200 }, (_, i) => image(i % 2 * 255, 60));
  for (let j = 0; j < 25; j++) images[1 + 3 * j] = image(128, 184 - j);
  const size = { height: 12, width: 12 };
  const train = new ImageDataset(Uint8Array.from(images.flat()), new Uint8Array(4_200), size);
  const query = new ImageDataset(Uint8Array.from(image(128, 60)), new Uint8Array(1), size);
  await assertExact(train, query, 5);
});

Deno.test("KNeighborsClassifier.kneighbors() is exact across threads", async () => {
  const size = { height: 5, width: 5 };
  const train = smoothDataset(17_001, { name: "train", ...size });
  await assertExact(train, smoothDataset(301, { name: "queries", ...size }), 5);
});

Deno.test("KNeighborsClassifier.kneighbors() measures every image where sketches rule few out", async () => {
  const size = { height: 1, width: 3 };
  const train = randomDataset(10_050, { name: "train", ...size });
  const noise = { height: 16, width: 16 };
  await assertExact(train, randomDataset(510, { name: "queries", ...size }), 3);
  const work = await assertExact(
    randomDataset(700, { name: "train", ...noise }),
    randomDataset(20, { name: "queries", ...noise }),
    3,
  );
  assertEquals(work, { coarse: 0, fine: 0, measured: 700 * 20 });
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
  const [fitting, validation] = whole.split({ validation: FEW, seed: 0 });
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
