import { assertEquals } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { disagreements, repeatedImages, sharedImages } from "../../lib/exploration/mod.ts";

const SIZE = { height: 1, width: 2 };
const dataset = (...values: number[]) =>
  new ImageDataset(Uint8Array.from(values), new Uint8Array(values.length / 2), SIZE);

Deno.test("repeatedImages() groups equal images, and only those", () => {
  assertEquals(repeatedImages(dataset(1, 2, 2, 1, 1, 2, 0, 0, 1, 2)), [[0, 2, 4]]);
  assertEquals(repeatedImages(dataset(1, 2, 2, 1)), []);
});

Deno.test("sharedImages() finds what stands in both datasets", () => {
  const shared = sharedImages(dataset(1, 2, 3, 4, 1, 2), dataset(9, 9, 1, 2));
  assertEquals(shared, [{ first: [0, 2], second: [1] }]);
});

Deno.test("disagreements() takes queries whose neighbours agree on another label, nearest first", () => {
  const labels = Uint8Array.of(0, 0, 1, 1, 1);
  const train = new ImageDataset(new Uint8Array(10), labels, SIZE);
  const queries = new ImageDataset(new Uint8Array(8), Uint8Array.of(1, 0, 1, 0), SIZE);
  const nearest = {
    // All 0; all 0 as its label; mixed; all 1 and nearer.
    indices: Uint32Array.of(0, 1, 0, 1, 0, 2, 3, 4),
    distances: Uint32Array.of(7, 8, 1, 2, 3, 4, 5, 6),
  };
  assertEquals(disagreements(nearest, queries, { train }), [
    { index: 3, neighbours: 1, distance: 5 },
    { index: 0, neighbours: 0, distance: 7 },
  ]);
});
