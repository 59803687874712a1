import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { KNeighborsClassifier } from "../../lib/knn/mod.ts";

await tf.setBackend("cpu");

const SIZE = { height: 1, width: 2, classes: 4 };
const TRAIN = new ImageDataset(
  // deno-fmt-ignore
  Uint8Array.of(
    10, 10, 12, 10, 10, 10, 200, 40, 190, 50, 100, 100, 101, 99, 13, 14, 220, 220, 90, 110,
  ),
  Uint8Array.of(0, 1, 2, 1, 1, 3, 0, 2, 3, 0),
  SIZE,
);
const QUERIES = new ImageDataset(
  Uint8Array.of(10, 10, 11, 10, 150, 70, 100, 100, 215, 215, 12, 10, 255, 0),
  new Uint8Array(7),
  SIZE,
);

/**
 * What scikit-learn 1.9's KNeighborsClassifier(k, weights=…, algorithm="brute") answers: some
 * queries lie on a training image, one on two, and one is as far from three.
 */
const EXPECTED = [
  { weights: "uniform", nNeighbors: 1, predictions: [0, 0, 1, 3, 3, 1, 1] },
  { weights: "uniform", nNeighbors: 3, predictions: [0, 0, 1, 0, 3, 0, 1] },
  {
    weights: "uniform",
    nNeighbors: 4,
    predictions: [2, 2, 1, 0, 0, 2, 1],
    // deno-fmt-ignore
    shares: [
      0.25, 0.25, 0.5, 0, 0.25, 0.25, 0.5, 0, 0.25, 0.5, 0, 0.25, 0.5, 0.25, 0, 0.25,
      0.5, 0, 0, 0.5, 0.25, 0.25, 0.5, 0, 0.25, 0.5, 0, 0.25,
    ],
  },
  { weights: "distance", nNeighbors: 1, predictions: [0, 0, 1, 3, 3, 1, 1] },
  { weights: "distance", nNeighbors: 3, predictions: [0, 0, 1, 3, 3, 1, 1] },
  {
    weights: "distance",
    nNeighbors: 4,
    predictions: [0, 2, 1, 3, 3, 1, 1],
    // deno-fmt-ignore
    shares: [
      0.5, 0, 0.5, 0,
      0.31021153097765597, 0.31021153097765597, 0.379576938044688, 0,
      0.2366213353667635, 0.5323206976962814, 0, 0.23105796693695507,
      0, 0, 0, 1,
      0.07678824479895423, 0, 0, 0.9232117552010458,
      0, 1, 0, 0,
      0.1445715318113356, 0.7119402358778978, 0, 0.1434882323107666,
    ],
  },
] as const;

for (const { weights, nNeighbors, predictions, ...rest } of EXPECTED) {
  Deno.test(`KNeighborsClassifier votes as scikit-learn does, ${weights}, k = ${nNeighbors}`, async () => {
    const knn = new KNeighborsClassifier({ nNeighbors, weights }).fit(TRAIN);
    assertEquals([...await knn.predict(QUERIES)], [...predictions]);
    const shares = await knn.predictProba(QUERIES);
    assertEquals(shares.length, 28);
    if ("shares" in rest) {
      rest.shares.forEach((share, i) => assertAlmostEquals(shares[i], share, 1e-15));
    }
    for (let query = 0; query < 7; query++) {
      const row = shares.subarray(4 * query, 4 * query + 4);
      assertAlmostEquals(row.reduce((a, b) => a + b), 1, 1e-15);
      assert(row[predictions[query]] === Math.max(...row));
    }
  });
}

Deno.test("KNeighborsClassifier refuses weights that it does not know", () => {
  assertThrows(
    () => new KNeighborsClassifier({ weights: JSON.parse('"nearest"') }),
    RangeError,
    'weights are "nearest", expected "uniform" or "distance"',
  );
});
