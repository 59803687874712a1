import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { principalDirections, UNIT } from "../../lib/knn/directions.ts";
import { KNeighborsClassifier, survivors } from "../../lib/knn/mod.ts";
import { smoothDataset } from "./exactness.ts";

await tf.setBackend("cpu");

const train = smoothDataset(400, { name: "train" });
const queries = smoothDataset(60, { name: "queries" });
const nearest = await new KNeighborsClassifier({ nNeighbors: 3 }).fit(train).kneighbors(queries);

Deno.test("survivors() counts what a loop over all pairs counts", () => {
  const coordinates = 2;
  const { centre, rows } = principalDirections(train, coordinates);
  const describe = (image: Uint8Array) => {
    const centred = Array.from(image, (grey, i) => grey - centre[i]);
    const first = [0, 1].map((row) =>
      centred.reduce((sum, x, i) => sum + x * rows[row * 144 + i] / UNIT, 0)
    );
    const norm = centred.reduce((sum, x) => sum + x * x, 0);
    return { first, rest: Math.sqrt(Math.max(0, norm - first[0] ** 2 - first[1] ** 2)) };
  };
  let [plain, withNorms] = [0, 0];
  for (let query = 0; query < queries.length; query++) {
    const x = describe(queries.image(query));
    for (let i = 0; i < train.length; i++) {
      const y = describe(train.image(i));
      const near = (x.first[0] - y.first[0]) ** 2 + (x.first[1] - y.first[1]) ** 2;
      if (near <= nearest.distances[3 * query + 2]) plain++;
      if (near + (x.rest - y.rest) ** 2 <= nearest.distances[3 * query + 2]) withNorms++;
    }
  }
  const [counted] = survivors(train, queries, { nearest, coordinates: [coordinates] });
  assertEquals(counted.coordinates, coordinates);
  // A pair whose bound is the distance but for rounding may fall on either side.
  assert(Math.abs(counted.byCoordinates - plain / 60) < 0.1, `${counted.byCoordinates}`);
  assert(Math.abs(counted.byNorms - withNorms / 60) < 0.1, `${counted.byNorms}`);
  assert(withNorms < plain && plain < 60 * 400);
});

Deno.test("survivors() never leaves fewer than the neighbours, nor more by more coordinates", () => {
  const counts = survivors(train, queries, { nearest, coordinates: [1, 4, 16, 64] });
  for (const [i, { byCoordinates, byNorms }] of counts.entries()) {
    assert(byNorms > 2.9 && byNorms <= byCoordinates);
    assert(i === 0 || byCoordinates <= counts[i - 1].byCoordinates);
  }
});

Deno.test("survivors() keeps no tensor, and refuses coordinates that there are not", () => {
  const before = tf.memory().numTensors;
  survivors(train, queries, { nearest, coordinates: [3] });
  assertEquals(tf.memory().numTensors, before);
  for (const coordinates of [0, 1.5, 145]) {
    assertThrows(
      () => survivors(train, queries, { nearest, coordinates: [coordinates] }),
      RangeError,
      `by ${coordinates} coordinates: expected 1 to 144`,
    );
  }
  assertThrows(
    () => survivors(train, queries.take(0), { nearest, coordinates: [1] }),
    RangeError,
    "no queries",
  );
});
