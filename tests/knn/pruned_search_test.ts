import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { prunedSearch } from "../../lib/knn/pruned_search.ts";
import { SearchIndex } from "../../lib/knn/search_index.ts";
import { assertExact, randomDataset, smoothDataset } from "./exactness.ts";

await tf.setBackend("cpu");

/** So few queries that they are always searched by sketches, however little that helps. */
const FEW = 8;

/** Searches and checks; gives what it took, or `undefined` if too little was ruled out. */
async function searchExactly(train: ImageDataset, queries: ImageDataset, k: number) {
  const index = new SearchIndex(train);
  using threads = index.startThreads({ workers: train.length > 10_000 });
  await index.prepare(threads);
  const result = await prunedSearch(threads, queries, { k, count: train.length });
  return result && assertExact(result, { train, queries, k });
}

Deno.test("prunedSearch() equals a whole-number brute force", async () => {
  const train = randomDataset(1_200, { name: "train" });
  for (const k of [1, 5, 1_200]) {
    await searchExactly(train, randomDataset(FEW, { name: `queries ${k}` }), k);
  }
});

Deno.test("prunedSearch() orders ties by position, of which 3 grey levels give many", async () => {
  const train = randomDataset(1_200, { name: "train", levels: 3, width: 1 });
  await searchExactly(train, randomDataset(FEW, { name: "queries", levels: 3, width: 1 }), 7);
});

Deno.test("prunedSearch() is exact where rounding is as large as distances", async () => {
  // 3 grey levels: distances of about 4, of sketches 16, and rounding of up to 11.
  for (const name of ["a", "b", "c", "d"]) {
    const size = { levels: 3, height: 12, width: 12 };
    const train = randomDataset(1_200, { name: `train ${name}`, ...size });
    await searchExactly(train, randomDataset(FEW, { name: `queries ${name}`, ...size }), 5);
  }
});

Deno.test("prunedSearch() is exact where sketches rule most images out", async () => {
  const train = smoothDataset(4_000, { name: "train" });
  const queries = smoothDataset(300, { name: "queries" });
  const work = await searchExactly(train, queries, 5);
  const all = train.length * queries.length;
  assert(work !== undefined);
  assert(work.coarse < all / 2 && work.fine < all / 8 && work.measured < all / 20, `${all}`);
});

Deno.test("prunedSearch() is exact where images differ beside the directions", async () => {
  // Every third image is learned from: black or white, and none of them lit at the last pixel.
  const image = (grey: number, last: number) => [...new Array<number>(143).fill(grey), last];
  const images = Array.from({ length: 4_200 }, (_, i) => image(i % 2 * 255, 60));
  for (let j = 0; j < 25; j++) images[1 + 3 * j] = image(128, 184 - j);
  const size = { height: 12, width: 12 };
  const train = new ImageDataset(Uint8Array.from(images.flat()), new Uint8Array(4_200), size);
  const query = new ImageDataset(Uint8Array.from(image(128, 60)), new Uint8Array(1), size);
  await searchExactly(train, query, 5);
});

Deno.test("prunedSearch() finds no image twice where they are no multiple of four", async () => {
  // All alike, so that their sketches are the zeros that also stand behind the last one.
  const size = { height: 5, width: 5 };
  const train = new ImageDataset(new Uint8Array(9 * 25).fill(90), new Uint8Array(9), size);
  await searchExactly(train, train.take(2), 7);
});

Deno.test("prunedSearch() is exact across threads", async () => {
  const size = { height: 5, width: 5 };
  const train = smoothDataset(17_001, { name: "train", ...size });
  await searchExactly(train, smoothDataset(301, { name: "queries", ...size }), 5);
});

Deno.test("prunedSearch() gives up after a few queries where sketches rule too little out", async () => {
  const noise = { height: 16, width: 16 };
  const train = randomDataset(700, { name: "train", ...noise });
  const queries = randomDataset(20, { name: "queries", ...noise });
  assertEquals(await searchExactly(train, queries, 3), undefined);
});
