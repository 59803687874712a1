import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import {
  classCounts,
  classDistances,
  classImages,
  pixelCounts,
} from "../../lib/exploration/mod.ts";

const SIZE = { height: 1, width: 2, classes: 2 };
const dataset = new ImageDataset(
  Uint8Array.of(0, 10, 4, 30, 200, 255),
  Uint8Array.of(0, 0, 1),
  SIZE,
);

Deno.test("classImages() gives mean and variance of each pixel, class by class", () => {
  const [first, second] = classImages(dataset);
  assertEquals([...first.mean], [2, 20]);
  assertEquals([...first.variance], [4, 100]);
  assertEquals([...second.mean], [200, 255]);
  assertEquals([...second.variance], [0, 0]);
});

Deno.test("classImages() refuses a class without images, and heeds a view", () => {
  assertThrows(() => classImages(dataset.take(2)), RangeError, "class 1 has none");
});

Deno.test("classDistances() are the root mean squares of the means' differences", () => {
  const distances = classDistances(classImages(dataset));
  assertEquals(distances[0][0], 0);
  assertEquals(distances[0][1], distances[1][0]);
  assertAlmostEquals(distances[0][1], Math.sqrt((198 ** 2 + 235 ** 2) / 2), 1e-12);
});

Deno.test("pixelCounts() and classCounts() count a dataset's own images", () => {
  const counts = pixelCounts(dataset.take(2));
  assertEquals([counts[0], counts[4], counts[10], counts[30], counts[200]], [1, 1, 1, 1, 0]);
  assertEquals([...classCounts(dataset)], [2, 1]);
});
