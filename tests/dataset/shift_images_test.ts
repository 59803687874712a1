import { assertEquals, assertThrows } from "@std/assert";
import { allShifts, ImageDataset, shiftImages } from "../../lib/dataset/mod.ts";

const HEIGHT = 3;
const WIDTH = 4;
const PIXELS = Uint8Array.from({ length: 3 * HEIGHT * WIDTH }, (_, i) => i + 1);
const DATASET = new ImageDataset(PIXELS, Uint8Array.of(3, 1, 4), {
  height: HEIGHT,
  width: WIDTH,
  classes: 5,
  indices: Uint32Array.of(2, 0),
});

/** Pixel by pixel: that of `right` columns and `down` rows before, 0 outside of the image. */
function expected(image: Uint8Array, { right, down }: { right: number; down: number }): number[] {
  return Array.from(image, (_, i) => {
    const [row, column] = [Math.floor(i / WIDTH) - down, i % WIDTH - right];
    const inside = row >= 0 && row < HEIGHT && column >= 0 && column < WIDTH;
    return inside ? image[row * WIDTH + column] : 0;
  });
}

Deno.test("shiftImages() moves every pixel of a view, to all sides and out of the image", () => {
  for (const right of [-5, -4, -1, 0, 1, 2, 4, 5]) {
    for (const down of [-4, -3, -1, 0, 1, 3, 4]) {
      const moved = shiftImages(DATASET, { right, down });
      for (const i of [0, 1]) {
        const message = `image ${i}, ${right} right, ${down} down`;
        assertEquals([...moved.image(i)], expected(DATASET.image(i), { right, down }), message);
      }
    }
  }
});

Deno.test("shiftImages() keeps labels and classes, and leaves the shared pixels alone", () => {
  const moved = shiftImages(DATASET, { down: 1 });
  assertEquals([moved.length, moved.classes], [2, 5]);
  assertEquals([moved.label(0), moved.label(1)], [4, 3]);
  assertEquals(PIXELS, Uint8Array.from(PIXELS.keys(), (i) => i + 1));
});

Deno.test("shiftImages() rejects parts of pixels", () => {
  assertThrows(
    () => shiftImages(DATASET, { right: 0.5 }),
    RangeError,
    "Cannot shift images: right is 0.5, expected whole pixels",
  );
  assertThrows(() => shiftImages(DATASET, { down: NaN }), RangeError, "down is NaN");
});

Deno.test("allShifts() gives every shift up to its reach, the images as they are in the middle", () => {
  const copies = allShifts(DATASET, { reach: 1 });
  assertEquals(copies.length, 9);
  assertEquals(copies[4].images, shiftImages(DATASET, {}).images);
  assertEquals(copies[0].images, shiftImages(DATASET, { right: -1, down: -1 }).images);
  assertEquals(copies[5].images, shiftImages(DATASET, { right: 1 }).images);
  assertEquals(allShifts(DATASET, { reach: 0 }).length, 1);
  assertThrows(() => allShifts(DATASET, { reach: 0.5 }), RangeError, "reach is 0.5");
  assertThrows(() => allShifts(DATASET, { reach: -1 }), RangeError, "reach is -1");
});
