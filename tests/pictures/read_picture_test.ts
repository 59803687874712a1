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

test("heeds the EXIF orientation of a JPEG, and that of a PNG alike", async () => {
  // Each corner has a grey of its own; what the camera was turned by says where it is for the eye.
  const scene = draw({ width: 32, height: 16 }, (x, y) => (x < 16 ? 0 : 80) + (y < 8 ? 0 : 160));
  const [jpeg, png] = [await encode(scene, { format: "jpeg" }), await encode(scene)];
  for (
    const [orientation, width, corners] of [
      [1, 32, [0, 80, 160, 240]],
      [2, 32, [80, 0, 240, 160]],
      [3, 32, [240, 160, 80, 0]],
      [4, 32, [160, 240, 0, 80]],
      [5, 16, [0, 160, 80, 240]],
      [6, 16, [160, 0, 240, 80]],
      [7, 16, [240, 80, 160, 0]],
      [8, 16, [80, 240, 0, 160]],
    ] as const
  ) {
    const exif = orientationData(orientation);
    const pictures = [
      withSegment(jpeg, exif),
      withChunk(png, exif),
      withChunk(png, exif, { isLast: true }),
      withChunk(png, orientationData(orientation, { isLittle: true })),
    ];
    for (const bytes of pictures) {
      const turned = await readPicture(bytes);
      assertEquals([turned.width, turned.height], [width, 48 - width]);
      const { values, height } = turned;
      const found = [0, width - 1, (height - 1) * width, height * width - 1].map((i) => values[i]);
      corners.forEach((level, i) => assertAlmostEquals(found[i], level, 4));
    }
  }
});

test("takes a picture for upright whose EXIF data are damaged or state no orientation", async () => {
  const scene = draw({ width: 32, height: 16 }, (x) => x < 8 ? 0 : 255);
  const [jpeg, png] = [await encode(scene, { format: "jpeg" }), await encode(scene)];
  const turned = orientationData(6);
  const altered = (at: number, value: number) => turned.map((byte, i) => i === at ? value : byte);
  for (
    const exif of [
      orientationData(0),
      orientationData(9),
      [],
      turned.slice(0, 15),
      altered(0, 0x4e),
      altered(7, 200),
      altered(11, 0x13),
      altered(13, 1),
    ]
  ) {
    for (const bytes of [withSegment(jpeg, exif), withChunk(png, exif)]) {
      assertEquals((await readPicture(bytes)).width, 32, String(exif));
    }
  }
});

/** EXIF data of one entry, the orientation. */
function orientationData(orientation: number, { isLittle = false } = {}): number[] {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  const shorts = [[2, 42], [8, 1], [10, 0x0112], [12, 3], [18, orientation]];
  for (const [at, value] of shorts) view.setUint16(at, value, isLittle);
  for (const [at, value] of [[4, 8], [14, 1]]) view.setUint32(at, value, isLittle);
  return [...bytes];
}

/** Puts EXIF data behind a JPEG's first marker. */
function withSegment(jpeg: Uint8Array, exif: readonly number[]): Uint8Array {
  const segment = [0xff, 0xe1, 0, 8 + exif.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...exif];
  return Uint8Array.of(...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2));
}

/** Puts EXIF data behind a PNG's first chunk, or before its last. */
function withChunk(
  png: Uint8Array,
  exif: readonly number[],
  { isLast = false } = {},
): Uint8Array {
  const typed = Uint8Array.from([0x65, 0x58, 0x49, 0x66, ...exif]);
  const chunk = new Uint8Array(typed.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, exif.length);
  chunk.set(typed, 4);
  view.setUint32(chunk.length - 4, crc32(typed));
  const at = isLast ? png.length - 12 : 33;
  return Uint8Array.of(...png.subarray(0, at), ...chunk, ...png.subarray(at));
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
