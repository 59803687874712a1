import { crc32 } from "node:zlib";
import { exifOrientation } from "./orientation.ts";

/** What a picture's first bytes say. */
export interface PictureHeader {
  readonly format: "PNG" | "JPEG";
  /** In pixels, before a turn that EXIF asks for. */
  readonly width: number;
  /** In pixels, before a turn that EXIF asks for. */
  readonly height: number;
  /** The EXIF orientation of a PNG, which its decoder leaves to us; that of a JPEG is heeded there. */
  readonly orientation: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

/** Other formats that people have, by a text among their first bytes. */
const OTHERS: readonly [format: string, mark: RegExp][] = [
  ["a GIF", /^GIF8/],
  ["a WebP", /^RIFF....WEBP/s],
  ["a TIFF", /^(II\*\0|MM\0\*)/],
  ["a BMP", /^BM/],
  ["an HEIC or AVIF", /^....ftyp/s],
  ["a PDF", /^%PDF/],
  ["an SVG", /^\s*<(\?xml|svg|!)/],
];

/**
 * Tells a PNG or JPEG by its first bytes and reads its size, without decoding it. A PNG is read to
 * its end, since its checksums tell whether it is whole.
 *
 * @throws {SyntaxError} If it is neither, or is damaged; the message says what was found.
 */
export function pictureHeader(bytes: Uint8Array): PictureHeader {
  const header = startsWith(bytes, PNG)
    ? pngHeader(bytes)
    : startsWith(bytes, JPEG)
    ? jpegHeader(bytes)
    : fail(`found ${describe(bytes)}, expected PNG or JPEG`);
  if (header.width === 0 || header.height === 0) {
    fail(`the ${header.format} states a size of ${header.width}x${header.height}`);
  }
  return header;
}

/**
 * PNG specification (W3C, third edition), section 5: chunks of length, type, data and CRC. EXIF data
 * stand in a chunk eXIf, before or after the pixels.
 */
function pngHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let orientation = 1;
  for (let start = PNG.length;;) {
    const end = start + 12 <= bytes.length ? start + 12 + view.getUint32(start) : Infinity;
    if (end > bytes.length) fail(`the PNG breaks off after ${bytes.length} bytes`);
    const type = latin1(bytes.subarray(start + 4, start + 8));
    if (crc32(bytes.subarray(start + 4, end - 4)) !== view.getUint32(end - 4)) {
      fail(`the PNG is damaged: the checksum of its chunk at byte ${start} is wrong`);
    }
    if (start === PNG.length && (type !== "IHDR" || end - start !== 25)) {
      fail("the PNG is damaged: it does not begin with its size");
    }
    if (type === "eXIf") orientation = exifOrientation(bytes.subarray(start + 8, end - 4));
    if (type === "IEND") {
      return { format: "PNG", width: view.getUint32(16), height: view.getUint32(20), orientation };
    }
    start = end;
  }
}

/** ITU-T T.81, annex B: the size stands in the frame header, marker SOF0 to SOF15. */
function jpegHeader(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    // 0xc4, 0xc8 and 0xcc are tables and an extension among the frame markers.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { format: "JPEG", width, height, orientation: 1 };
    }
    // A marker may be preceded by any number of fill bytes.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  fail(`the JPEG is damaged: its size is not in its ${bytes.length} bytes`);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no bytes";
  const start = latin1(bytes.subarray(0, 64));
  const other = OTHERS.find(([, mark]) => mark.test(start));
  if (other !== undefined) return other[0];
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return `the first bytes ${hex.join(" ")}`;
}

function fail(detail: string): never {
  throw new SyntaxError(`Cannot read a picture: ${detail}`);
}
