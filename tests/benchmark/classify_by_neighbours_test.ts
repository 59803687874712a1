import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { classifyByNeighbours } from "../../lib/benchmark/classify_by_neighbours.ts";
import { KNN_RECIPES } from "../../lib/benchmark/mod.ts";
import { shiftImages } from "../../lib/dataset/mod.ts";
import { edgeFeatures, KNeighborsClassifier, LearnedMetric } from "../../lib/knn/mod.ts";
import { tinyFashion } from "./tiny_fashion.ts";

await tf.setBackend("cpu");
const data = tinyFashion();
const { train, test } = data;

Deno.test("classifyByNeighbours() of a plain recipe is a classifier with its k and weights", async () => {
  const recipe = { ...KNN_RECIPES.knn, k: 3, weights: "distance" } as const;
  const classifier = new KNeighborsClassifier({ nNeighbors: 3, weights: "distance" }).fit(train);
  assertEquals(await classifyByNeighbours(recipe, data), await classifier.predict(test));
});

Deno.test("classifyByNeighbours() with shifts finds images that stand elsewhere", async () => {
  const moved = { train, test: shiftImages(train, { right: 1, down: -1 }) };
  const recipe = { ...KNN_RECIPES["knn-shifts"], k: 1 };
  const predictions = await classifyByNeighbours(recipe, moved);
  // What left the image is lost, and of the 40 random images no other is near.
  assertEquals(predictions, train.ownLabels());
  const plain = await classifyByNeighbours({ ...recipe, shifts: 0 }, moved);
  assertEquals(plain.some((prediction, i) => prediction !== train.label(i)), true);
});

Deno.test("classifyByNeighbours() maps edges by the learned metric, for both parts", async () => {
  const recipe = { ...KNN_RECIPES["knn-edges"], k: 1 };
  const metric = new LearnedMetric(
    Int8Array.from({ length: 5 * 844 }, (_, i) => (i * 7) % 31 - 15),
    { centres: new Int32Array(5), scale: 500 },
  );
  const [fitted, asked] = [train, test].map((part) => metric.transform(edgeFeatures(part)));
  const classifier = new KNeighborsClassifier({ nNeighbors: 1 }).fit(fitted);
  assertEquals(
    await classifyByNeighbours(recipe, data, { metric }),
    await classifier.predict(asked),
  );
  await assertRejects(
    () => classifyByNeighbours(recipe, data),
    TypeError,
    "Cannot classify by edges: its metric is not given",
  );
});
