import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier, predictionsByK } from "../../lib/knn/mod.ts";

const SIZE = { height: 1, width: 2 };
const train = new ImageDataset(
  Uint8Array.from({ length: 60 }, (_, i) => (i * 83) % 251),
  Uint8Array.from({ length: 30 }, (_, i) => (i * i) % 10),
  SIZE,
);
const queries = new ImageDataset(
  Uint8Array.from({ length: 24 }, (_, i) => (i * 59) % 251),
  new Uint8Array(12),
  SIZE,
);

Deno.test("predictionsByK() predicts what a search for each k does", async () => {
  await tf.setBackend("cpu");
  const ks = [1, 2, 5, 9];
  const nearest = await new KNeighborsClassifier({ nNeighbors: 9 }).fit(train).kneighbors(queries);
  for (const weights of ["uniform", "distance"] as const) {
    for (const { k, predictions } of predictionsByK(nearest, train, { k: 9, ks, weights })) {
      const alone = new KNeighborsClassifier({ nNeighbors: k, weights }).fit(train);
      assertEquals(predictions, await alone.predict(queries), `k ${k}, ${weights}`);
    }
  }
});

Deno.test("predictionsByK() refuses more neighbours than were found", async () => {
  await tf.setBackend("cpu");
  const nearest = await new KNeighborsClassifier({ nNeighbors: 3 }).fit(train).kneighbors(queries);
  assertThrows(() => predictionsByK(nearest, train, { k: 3, ks: [4] }), RangeError, "1 to 3");
  assertThrows(() => predictionsByK(nearest, train, { k: 3, ks: [0] }), RangeError);
});
