import { assert, assertEquals } from "@std/assert";
import { divideIntoCells } from "../../lib/knn/cells.ts";
import { COARSE } from "../../lib/knn/search_layout.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

const random = randomStream(0, "cells");
const COUNT = 1_003;
const sketches = Int16Array.from(
  { length: COUNT * COARSE },
  (_, i) => (random() - 0.5) * (i % COARSE === 3 ? 60_000 : 20_000),
);

Deno.test("divideIntoCells() puts every image into one cell, the cells alike in size", () => {
  const { order, starts } = divideIntoCells(sketches, { cells: 8 });
  assertEquals([...order].sort((a, b) => a - b), Array.from({ length: COUNT }, (_, i) => i));
  assertEquals([starts.length, starts[0], starts[8]], [9, 0, COUNT]);
  const sizes = Array.from({ length: 8 }, (_, i) => starts[i + 1] - starts[i]);
  assert(Math.max(...sizes) - Math.min(...sizes) < 32, `${sizes}`);
  assert(starts.subarray(0, 8).every((start) => start % 4 === 0));
});

Deno.test("divideIntoCells() halves at the median of the number that varies most", () => {
  const { order, starts } = divideIntoCells(sketches, { cells: 2 });
  const values = Array.from(order, (image) => sketches[image * COARSE + 3]);
  assert(Math.max(...values.slice(0, starts[1])) <= Math.min(...values.slice(starts[1])));
});

Deno.test("divideIntoCells() leaves one cell as it is", () => {
  const { order, starts } = divideIntoCells(sketches.subarray(0, 3 * COARSE), { cells: 1 });
  assertEquals([[...order], [...starts]], [[0, 1, 2], [0, 3]]);
});
