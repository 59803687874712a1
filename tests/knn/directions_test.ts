import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { principalDirections, UNIT } from "../../lib/knn/directions.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

const random = randomStream(0, "directions");
const PIXELS = 20;
/** Much along the first four pixels together, less along the last one, little elsewhere. */
const pixels = Array.from({ length: 300 }, () => {
  const [much, less] = [random() * 100, random() * 80];
  return Array.from(
    { length: PIXELS },
    (_, i) => 60 + random() * 4 + (i < 4 ? much : 0) + (i === PIXELS - 1 ? less : 0),
  );
});
const SIZE = { height: 4, width: 5 };
const images = new ImageDataset(Uint8Array.from(pixels.flat()), new Uint8Array(300), SIZE);

const rowOf = (rows: Int16Array, i: number) =>
  Array.from(rows.subarray(i * PIXELS, (i + 1) * PIXELS), (value) => value / UNIT);
const norm = (vector: readonly number[]) => Math.hypot(...vector);

Deno.test("principalDirections() finds the directions of greatest variance, in their order", () => {
  const { centre, rows } = principalDirections(images, 3);
  const [first, second] = [rowOf(rows, 0), rowOf(rows, 1)];
  for (let i = 0; i < 4; i++) assertAlmostEquals(Math.abs(first[i]), 0.5, 0.02);
  assertAlmostEquals(Math.abs(second[PIXELS - 1]), 1, 0.02);
  assert(centre.slice(0, 4).every((value) => Math.abs(value - 112) < 10), `${centre}`);
  assert(centre.slice(4, 19).every((value) => Math.abs(value - 61.5) < 2), `${centre}`);
});

Deno.test("principalDirections() makes no vector longer, and those it spans hardly shorter", () => {
  const { rows } = principalDirections(images, PIXELS);
  const matrix = Array.from({ length: PIXELS }, (_, i) => rowOf(rows, i));
  for (let trial = 0; trial < 200; trial++) {
    const x = Array.from({ length: PIXELS }, () => random() - 0.5);
    const seen = norm(matrix.map((row) => row.reduce((sum, value, j) => sum + value * x[j], 0)));
    assert(seen <= norm(x) && seen > 0.99 * norm(x), `${seen} of ${norm(x)}`);
  }
});

Deno.test("principalDirections() fills up with zeros what images have no room for", () => {
  const few = principalDirections(images.take(2), 6);
  for (let i = 2; i < 6; i++) assertEquals(norm(rowOf(few.rows, i)), 0);
  const same = new ImageDataset(new Uint8Array(40).fill(7), new Uint8Array(2), SIZE);
  assertEquals(principalDirections(same, 2).rows, new Int16Array(2 * PIXELS));
});

Deno.test("principalDirections() keeps no tensor", () => {
  const before = tf.memory().numTensors;
  principalDirections(images, 4);
  assertEquals(tf.memory().numTensors, before);
});
