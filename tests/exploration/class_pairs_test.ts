import { assertEquals, assertThrows } from "@std/assert";
import { mixedPairs } from "../../lib/exploration/mod.ts";

const DISTANCES = [[0, 5, 2], [5, 0, 3], [2, 3, 0]];

Deno.test("mixedPairs() has each two classes once, the most mixed first", () => {
  const taken = [[6, 3, 1], [1, 9, 0], [0, 2, 18]];
  assertEquals(mixedPairs(taken, DISTANCES), [
    { pair: [0, 1], mixed: 4 / 20, distance: 5, rank: 3 },
    { pair: [1, 2], mixed: 2 / 30, distance: 3, rank: 2 },
    { pair: [0, 2], mixed: 1 / 30, distance: 2, rank: 1 },
  ]);
});

Deno.test("mixedPairs() puts pairs that mix as much in the order of their distances", () => {
  const apart = mixedPairs([[1, 0, 0], [0, 1, 0], [0, 0, 1]], DISTANCES);
  assertEquals(apart.map(({ pair }) => pair), [[0, 2], [1, 2], [0, 1]]);
});

Deno.test("mixedPairs() refuses unlike numbers of classes, and classes without images", () => {
  assertThrows(() => mixedPairs([[1]], DISTANCES), RangeError, "of 1 and distances of 3 classes");
  const empty = [[0, 0, 0], [0, 0, 0], [0, 0, 1]];
  assertThrows(() => mixedPairs(empty, DISTANCES), RangeError, "0 and 1 have no image");
});
