import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { decodeIdxImages, decodeIdxLabels } from "../../lib/dataset/mod.ts";
import { idxBytes } from "./idx_bytes.ts";

const SMALL = { height: 2, width: 3 };
const PIXELS = [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255];
const IMAGES = idxBytes([0x803, 2, 2, 3], PIXELS);
const LABELS = idxBytes([0x801, 3], [9, 0, 2]);

Deno.test("decodeIdxImages() gives the pixels without a copy", () => {
  const pixels = decodeIdxImages(IMAGES, SMALL);
  assertEquals([...pixels], PIXELS);
  assertStrictEquals(pixels.buffer, IMAGES.buffer);
});

Deno.test("decodeIdxImages() reads a view that starts inside its buffer", () => {
  const shifted = new Uint8Array([0xff, ...IMAGES]).subarray(1);
  assertEquals([...decodeIdxImages(shifted, SMALL)], PIXELS);
});

Deno.test("decodeIdxImages() accepts a file of no images", () => {
  assertEquals(decodeIdxImages(idxBytes([0x803, 0, 28, 28], [])).length, 0);
});

Deno.test("decodeIdxImages() rejects a file of labels", () => {
  assertThrows(
    () => decodeIdxImages(idxBytes([0x801, 12], PIXELS)),
    SyntaxError,
    "Cannot decode IDX images: magic number is 0x00000801, expected 0x00000803",
  );
});

Deno.test("decodeIdxImages() rejects images of another size", () => {
  assertThrows(
    () => decodeIdxImages(IMAGES),
    RangeError,
    "Cannot decode IDX images: size is 2x3, expected 28x28",
  );
  assertThrows(() => decodeIdxImages(IMAGES, { height: 3, width: 3 }), RangeError, "2x3");
  assertThrows(() => decodeIdxImages(IMAGES, { height: 2, width: 2 }), RangeError, "2x3");
});

Deno.test("decodeIdxImages() rejects a file that ends in its header", () => {
  for (let length = 0; length < 16; length++) {
    assertThrows(
      () => decodeIdxImages(IMAGES.subarray(0, length), SMALL),
      SyntaxError,
      `file is ${length} bytes, its header is 16`,
    );
  }
});

Deno.test("decodeIdxImages() rejects a truncated file", () => {
  assertThrows(
    () => decodeIdxImages(IMAGES.subarray(0, -1), SMALL),
    SyntaxError,
    "11 bytes follow the header, expected 2 x 2 x 3 = 12",
  );
});

Deno.test("decodeIdxImages() rejects trailing bytes", () => {
  assertThrows(
    () => decodeIdxImages(new Uint8Array([...IMAGES, 0]), SMALL),
    SyntaxError,
    "13 bytes follow the header, expected 2 x 2 x 3 = 12",
  );
});

Deno.test("decodeIdxImages() rejects a header that claims four billion images", () => {
  assertThrows(
    () => decodeIdxImages(idxBytes([0x803, 0xffffffff, 28, 28], new Uint8Array(784))),
    SyntaxError,
    "expected 4294967295 x 28 x 28 = 3367254359280",
  );
});

Deno.test("decodeIdxLabels() gives the labels without a copy", () => {
  const labels = decodeIdxLabels(LABELS);
  assertEquals([...labels], [9, 0, 2]);
  assertStrictEquals(labels.buffer, LABELS.buffer);
});

Deno.test("decodeIdxLabels() rejects a label out of range", () => {
  assertThrows(
    () => decodeIdxLabels(LABELS, { classes: 9 }),
    RangeError,
    "Cannot decode IDX labels: label 0 is 9, expected 0..8",
  );
  assertThrows(() => decodeIdxLabels(idxBytes([0x801, 2], [9, 10])), RangeError, "label 1 is 10");
});

Deno.test("decodeIdxLabels() rejects a file of images", () => {
  assertThrows(() => decodeIdxLabels(IMAGES), SyntaxError, "expected 0x00000801");
});

Deno.test("decodeIdxLabels() rejects a truncated file and trailing bytes", () => {
  assertThrows(() => decodeIdxLabels(LABELS.subarray(0, 7)), SyntaxError, "file is 7 bytes");
  assertThrows(() => decodeIdxLabels(LABELS.subarray(0, -1)), SyntaxError, "2 bytes follow");
  assertThrows(() => decodeIdxLabels(new Uint8Array([...LABELS, 1])), SyntaxError, "4 bytes");
});
