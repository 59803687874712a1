import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { allShifts, ImageDataset } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier, nearestOfViews } from "../../lib/knn/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

const size = { height: 4, width: 5 };
const random = randomStream(0, "views");
const dataset = (count: number) =>
  new ImageDataset(
    // Few grey values, so that many distances are equal.
    Uint8Array.from({ length: count * 20 }, () => Math.floor(3 * random())),
    new Uint8Array(count),
    size,
  );
const train = dataset(60);
const queries = dataset(7);
const views = allShifts(queries, { reach: 1 });

Deno.test("nearestOfViews() gives the k least by (least distance of any view, position)", async () => {
  const k = 6;
  const knn = new KNeighborsClassifier({ nNeighbors: k }).fit(train);
  const { indices, distances } = await nearestOfViews(knn, views);
  for (let query = 0; query < queries.length; query++) {
    const distanceTo = (i: number) =>
      Math.min(
        ...views.map((view) =>
          train.image(i).reduce((sum, grey, at) => sum + (grey - view.image(query)[at]) ** 2, 0)
        ),
      );
    const expected = Array.from({ length: 60 }, (_, index) => ({ index, least: distanceTo(index) }))
      .sort((a, b) => a.least - b.least || a.index - b.index).slice(0, k);
    const found = [indices, distances].map((row) => [...row.subarray(query * k, (query + 1) * k)]);
    assertEquals(found, [expected.map((one) => one.index), expected.map((one) => one.least)]);
  }
});

Deno.test("nearestOfViews() of one view is a plain search", async () => {
  const knn = new KNeighborsClassifier({ nNeighbors: 3 }).fit(train);
  const { indices, distances } = await knn.kneighbors(queries, { nNeighbors: 4 });
  const options = { nNeighbors: 4 };
  assertEquals(await nearestOfViews(knn, [queries], options), { indices, distances });
});

Deno.test("nearestOfViews() reports progress over all views and stops at a signal", async () => {
  const knn = new KNeighborsClassifier().fit(train);
  const seen: number[] = [];
  await nearestOfViews(knn, views, { onProgress: (done) => seen.push(done) });
  assertEquals(seen.at(-1), queries.length);
  assertEquals(seen, seen.toSorted((a, b) => a - b));
  const signal = AbortSignal.abort();
  const error = await assertRejects(() => nearestOfViews(knn, views, { signal }), DOMException);
  assertEquals(error.name, "AbortError");
});

Deno.test("nearestOfViews() refuses no views, and views of other numbers of queries", async () => {
  const knn = new KNeighborsClassifier().fit(train);
  await assertRejects(() => nearestOfViews(knn, []), RangeError, "views of no queries");
  await assertRejects(
    () => nearestOfViews(knn, [queries, queries.take(2)]),
    RangeError,
    "views of 7 and 2 queries",
  );
});
