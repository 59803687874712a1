import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";

const SMALL = { height: 1, width: 2 };
const PIXELS = new Uint8Array([0, 1, 10, 11, 20, 21, 30, 31]);
const LABELS = new Uint8Array([3, 1, 4, 1]);

Deno.test("ImageDataset gives images and labels in the order of its indices", () => {
  const dataset = new ImageDataset(PIXELS, LABELS, { ...SMALL, indices: Uint32Array.of(2, 0) });
  assertEquals(dataset.length, 2);
  assertEquals([...dataset.image(0)], [20, 21]);
  assertEquals([...dataset.image(1)], [0, 1]);
  assertEquals([dataset.label(0), dataset.label(1)], [4, 3]);
  assertEquals([...dataset.ownLabels()], [4, 3]);
});

Deno.test("ImageDataset.image() shares the pixels", () => {
  const dataset = new ImageDataset(PIXELS, LABELS, SMALL);
  assertStrictEquals(dataset.image(3).buffer, PIXELS.buffer);
});

Deno.test("ImageDataset rejects images and labels of different counts", () => {
  assertThrows(
    () => new ImageDataset(PIXELS, LABELS.subarray(1), SMALL),
    RangeError,
    "Cannot make a dataset: 8 pixels are 4 images of 1x2, but there are 3 labels",
  );
});

Deno.test("ImageDataset rejects pixels that are not bytes, such as fractions or NaN", () => {
  const fractions: Uint8Array = JSON.parse("[0.5, 1]");
  assertThrows(
    () => new ImageDataset(fractions, Uint8Array.of(0), { height: 1, width: 2 }),
    TypeError,
    "images are [object Array], expected a Uint8Array",
  );
});

Deno.test("ImageDataset rejects labels, indices and sizes out of range", () => {
  const make = (options: { width?: number; classes?: number; indices?: Uint32Array }) => () =>
    new ImageDataset(PIXELS, LABELS, { ...SMALL, ...options });
  assertThrows(make({ classes: 4 }), RangeError, "label is 4, expected 0..3");
  assertThrows(make({ indices: Uint32Array.of(0, 4) }), RangeError, "index is 4");
  assertThrows(make({ width: NaN }), RangeError, "width is NaN, expected a positive integer");
  assertThrows(make({ classes: 0 }), RangeError, "classes is 0");
});

Deno.test("ImageDataset.image() and .label() reject a position out of range", () => {
  const dataset = new ImageDataset(PIXELS, LABELS, SMALL);
  for (const position of [-1, 4, 0.5, NaN]) {
    const message = `Cannot read image ${position}: the dataset holds 4`;
    assertThrows(() => dataset.image(position), RangeError, message);
    assertThrows(() => dataset.label(position), RangeError, message);
  }
});

Deno.test("ImageDataset.take() gives the first images of the view", () => {
  const reversed = new ImageDataset(PIXELS, LABELS, {
    ...SMALL,
    indices: Uint32Array.of(3, 2, 1, 0),
  });
  const taken = reversed.take(2);
  assertEquals([...taken.indices], [3, 2]);
  assertEquals([...taken.image(0)], [30, 31]);
  assertStrictEquals(taken.images, PIXELS);
  assertEquals(reversed.take(0).length, 0);
});

Deno.test("ImageDataset.take() rejects a count out of range", () => {
  const dataset = new ImageDataset(PIXELS, LABELS, SMALL);
  for (const count of [-1, 5, 1.5, NaN]) {
    assertThrows(() => dataset.take(count), RangeError, `Cannot take ${count} images`);
  }
});
