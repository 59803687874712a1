import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { crc32 } from "node:zlib";
import { readPicture } from "../../lib/pictures/mod.ts";
import { granted } from "../permissions.ts";
import { draw, encode, encodePixels, normalNoise } from "./pictures.ts";

/** The decoder is native code. */
const ignore = !granted("read", "env", "ffi", "sys");

function test(name: string, fn: () => Promise<void>) {
  Deno.test({ name: `readPicture() ${name}`, ignore, fn });
}

const noise = normalNoise(40);
const picture = draw({ width: 320, height: 600 }, (x, y) => 128 + 50 * Math.sin(x * y) + noise());

async function assertRefused(bytes: Uint8Array, message: string) {
  const error = await assertRejects(() => readPicture(bytes), SyntaxError);
  assertEquals(error.message, `Cannot read a picture: ${message}`);
}

test("gives the grey levels of a PNG as they are, and those of a JPEG nearly", async () => {
  assertEquals(await readPicture(await encode(picture)), picture);
  const smooth = draw({ width: 70, height: 40 }, (x, y) => 2 * x + y);
  const { values, ...size } = await readPicture(await encode(smooth, { format: "jpeg" }));
  assertEquals(size, { width: 70, height: 40 });
  values.forEach((value, i) => assertAlmostEquals(value, smooth.values[i], 6));
});

test("weighs colours by Rec. 601 and lays transparent pixels on white", async () => {
  const pixels = Uint8ClampedArray.of(
    ...[255, 0, 0, 255],
    ...[0, 255, 0, 255],
    ...[0, 0, 255, 255],
    ...[0, 0, 0, 0],
    ...[0, 0, 0, 51],
  );
  const { values } = await readPicture(await encodePixels(pixels, { width: 5 }));
  // 0.299, 0.587 and 0.114 of 255; and white with a fifth of black on it.
  assertEquals([...values], [76, 150, 29, 255, 204]);
});

test("heeds a JPEG's EXIF orientation", async () => {
  // Dark on the left; what the camera was turned by says where that is for the eye.
  const jpeg = await encode(draw({ width: 32, height: 16 }, (x) => x < 8 ? 0 : 255), {
    format: "jpeg",
  });
  for (
    const [orientation, width, corners] of [
      [1, 32, [0, 255, 0, 255]],
      [3, 32, [255, 0, 255, 0]],
      [6, 16, [0, 0, 255, 255]],
      [8, 16, [255, 255, 0, 0]],
    ] as const
  ) {
    const turned = await readPicture(withOrientation(jpeg, orientation));
    assertEquals(turned.width, width);
    const { values, height } = turned;
    const found = [0, width - 1, (height - 1) * width, height * width - 1].map((i) => values[i]);
    corners.forEach((level, i) => assertAlmostEquals(found[i], level, 4));
  }
});

/** Puts an EXIF segment with one entry, the orientation, behind a JPEG's first marker. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
  const segment = [0xff, 0xe1, 0, 34, ...exif, ...tiff, 0, 0, 0, 0, 0, 0];
  return Uint8Array.of(...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2));
}

test("says what it found where that is no PNG or JPEG", async () => {
  for (
    const [start, found] of [
      ["", "no bytes"],
      ["GIF89a", "a GIF"],
      ["RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP"],
      ["\x00\x00\x00\x18ftypheic", "an HEIC or AVIF"],
      ["%PDF-1.7", "a PDF"],
      ['<?xml version="1.0"?><svg/>', "an SVG"],
      ["a garment", "the first bytes 61 20 67 61 72 6d 65 6e"],
    ]
  ) {
    const bytes = Uint8Array.from(start, (character) => character.charCodeAt(0));
    await assertRefused(bytes, `found ${found}, expected PNG or JPEG`);
  }
});

test("refuses a PNG that is cut off or altered anywhere", async () => {
  const png = await encode(picture);
  for (const length of [8, 20, 40, Math.floor(png.length / 2), png.length - 1]) {
    await assertRefused(png.subarray(0, length), `the PNG breaks off after ${length} bytes`);
  }
  for (const at of [18, 60, Math.floor(png.length / 2), png.length - 5]) {
    const altered = png.slice();
    altered[at] ^= 1;
    const error = await assertRejects(() => readPicture(altered), SyntaxError);
    assert(error.message.includes("the PNG is damaged: the checksum of its chunk"), error.message);
  }
});

test("refuses a JPEG that is cut off", async () => {
  const jpeg = await encode(picture, { format: "jpeg" });
  await assertRefused(jpeg.subarray(0, 30), "the JPEG is damaged: its size is not in its 30 bytes");
  for (const share of [0.3, 0.6, 0.9]) {
    const part = jpeg.subarray(0, Math.floor(share * jpeg.length));
    const error = await assertRejects(() => readPicture(part), SyntaxError);
    const [, row] = error.message.match(/the JPEG breaks off in row (\d+)$/) ?? [];
    assertAlmostEquals(Number(row) / 600, share, 0.1);
  }
});

test("refuses more than 100 million pixels by the header alone, and a size of none", async () => {
  const png = await encode(draw({ width: 3, height: 3 }, () => 0));
  const error = await assertRejects(() => readPicture(stating(png, 20_000, 5_001)), RangeError);
  assertEquals(
    error.message,
    "Cannot read a picture: 20000x5001 are 100020000 pixels, expected at most 100000000",
  );
  await assertRefused(stating(png, 3, 0), "the PNG states a size of 3x0");
});

/** The same PNG with another size in its header. */
function stating(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = png.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(29, crc32(bytes.subarray(12, 29)));
  return bytes;
}

test("reads a file by its path, and names one that is not there", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, await encode(picture));
  assertEquals(await readPicture(path), picture);
  await Deno.remove(path);
  await assertRejects(() => readPicture(path), Deno.errors.NotFound, path);
});
