import { assert, assertEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { edgeFeatures } from "../../lib/knn/mod.ts";

const one = (pixels: number[], size: { height: number; width: number }) =>
  new ImageDataset(Uint8Array.from(pixels), Uint8Array.of(4), { ...size, classes: 6 });

Deno.test("edgeFeatures() equals a hand-computed example", () => {
  // Brighter to the right by 40 in the second column, and darker by 40 in the third, whose right
  // neighbour is the black beside the image. Downwards: 40 into row 1 from above, −40 in row 2.
  const image = one([0, 0, 0, 0, 0, 40, 0, 0, 0], { height: 3, width: 3 });
  const features = edgeFeatures(image, { directions: 4, cell: 3, block: 3 });
  // The pixel left of the bright one sees +40 to the right, the one above it +40 downwards, the one
  // below it −40 downwards; right of it there is none. Each sum is 40 · 64 of at most 255 · 64 · 9.
  const step = Math.round(255 * Math.sqrt(40 / (255 * 9)));
  assertEquals([...features.image(0)], [step, step, 0, step, Math.round(40 / 9)]);
  assertEquals([features.height, features.width, features.classes], [1, 5, 6]);
  assertEquals(features.label(0), 4);
});

Deno.test("edgeFeatures() of a ramp are the same in every square, all to one side", () => {
  const ramp = one(Array.from({ length: 144 }, (_, i) => 20 + 10 * (i % 12)), {
    height: 12,
    width: 12,
  });
  const features = edgeFeatures(ramp, { directions: 8, cell: 4, block: 6 }).image(0);
  const middle = [...features.subarray(4 * 8, 5 * 8)];
  const full = Math.round(255 * Math.sqrt(20 / 255));
  const half = Math.round(255 * Math.sqrt(20 * Math.SQRT1_2 / 255));
  assertEquals(middle, [full, half, 0, 0, 0, 0, 0, half]);
  assertEquals([...features.subarray(-4)], [45, 105, 45, 105]);
});

Deno.test("edgeFeatures() of an image of Fashion-MNIST's size are 844 numbers, all 0 without edges", () => {
  const images = new ImageDataset(new Uint8Array(2 * 784), Uint8Array.of(0, 1));
  const features = edgeFeatures(images);
  assertEquals([features.length, features.width], [2, 844]);
  assert(features.images.every((feature) => feature === 0));
});

Deno.test("edgeFeatures() takes the images of a part in the part's order", () => {
  const images = new ImageDataset(
    Uint8Array.from({ length: 3 * 16 }, (_, i) => (i * 37) % 251),
    Uint8Array.of(0, 1, 2),
    { height: 4, width: 4, indices: Uint32Array.of(2, 0) },
  );
  const alone = edgeFeatures(
    new ImageDataset(images.images.slice(32), Uint8Array.of(2), { height: 4, width: 4 }),
  );
  assertEquals(edgeFeatures(images).image(0), alone.image(0));
  assertEquals([...edgeFeatures(images).ownLabels()], [2, 0]);
});

Deno.test("edgeFeatures() refuses squares that are larger than images, or no whole numbers", () => {
  const image = one(new Array(9).fill(0), { height: 3, width: 3 });
  assertThrows(() => edgeFeatures(image, { cell: 4 }), RangeError, "squares of 4 and 2 pixels");
  assertThrows(() => edgeFeatures(image, { block: 0 }), RangeError, "block is 0");
  assertThrows(() => edgeFeatures(image, { directions: 1.5 }), RangeError, "directions is 1.5");
});
