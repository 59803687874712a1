// A magic number is two zero bytes, 0x08 for unsigned bytes, and the number of dimensions.
const IMAGES = { content: "images", magic: 0x00000803, dimensions: 3 } as const;
const LABELS = { content: "labels", magic: 0x00000801, dimensions: 1 } as const;

/** Options of {@linkcode decodeIdxImages}. */
export interface DecodeIdxImagesOptions {
  /** The height that the header must give, in pixels. 28 if not given. */
  height?: number;
  /** The width that the header must give, in pixels. 28 if not given. */
  width?: number;
}

/** Options of {@linkcode decodeIdxLabels}. */
export interface DecodeIdxLabelsOptions {
  /** The number of classes: labels are 0..classes-1. 10 if not given. */
  classes?: number;
}

/**
 * Decodes an IDX file of images: a header of four big-endian 32-bit integers (the magic
 * number 0x00000803, count, height, width), then one byte a pixel.
 *
 * Format: Yann LeCun, Corinna Cortes and Christopher Burges, "The MNIST database of
 * handwritten digits", section "File formats".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decodeIdxImages } from "./mod.ts";
 *
 * const bytes = new Uint8Array([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 255]);
 * assertEquals([...decodeIdxImages(bytes, { height: 1, width: 2 })], [7, 255]);
 * ```
 *
 * @returns The pixels `[count, height, width]`, row-major, 0..255: a view of `bytes`, no copy.
 * @throws {SyntaxError} If the magic number is another, or the file is shorter or longer than
 * its header says.
 * @throws {RangeError} If the images are of another size.
 */
export function decodeIdxImages(
  bytes: Uint8Array,
  { height = 28, width = 28 }: DecodeIdxImagesOptions = {},
): Uint8Array {
  const { sizes: [, fileHeight, fileWidth], body } = decode(bytes, IMAGES);
  if (fileHeight !== height || fileWidth !== width) {
    throw new RangeError(
      `Cannot decode IDX images: size is ${fileHeight}x${fileWidth}, expected ${height}x${width}`,
    );
  }
  return body;
}

/**
 * Decodes an IDX file of labels: a header of two big-endian 32-bit integers (the magic number
 * 0x00000801, count), then one byte a label. Format: see {@linkcode decodeIdxImages}.
 *
 * @returns The labels `[count]`, 0..classes-1: a view of `bytes`, no copy.
 * @throws {SyntaxError} If the magic number is another, or the file is shorter or longer than
 * its header says.
 * @throws {RangeError} If a label is not below `classes`.
 */
export function decodeIdxLabels(
  bytes: Uint8Array,
  { classes = 10 }: DecodeIdxLabelsOptions = {},
): Uint8Array {
  const { body: labels } = decode(bytes, LABELS);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong !== -1) {
    throw new RangeError(
      `Cannot decode IDX labels: label ${wrong} is ${labels[wrong]}, expected 0..${classes - 1}`,
    );
  }
  return labels;
}

/** The sizes in a file's header, and what follows the header: as many bytes as they make. */
function decode(
  bytes: Uint8Array,
  { content, magic, dimensions }: typeof IMAGES | typeof LABELS,
): { sizes: number[]; body: Uint8Array } {
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) {
    throw new SyntaxError(
      `Cannot decode IDX ${content}: file is ${bytes.length} bytes, its header is ${headerLength}`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerLength);
  const fileMagic = header.getUint32(0);
  if (fileMagic !== magic) {
    throw new SyntaxError(
      `Cannot decode IDX ${content}: magic number is ${hex(fileMagic)}, expected ${hex(magic)}`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => header.getUint32(4 + 4 * i));
  const body = bytes.subarray(headerLength);
  // Nothing is allocated by what the header says, so that it may say anything.
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (body.length !== expected) {
    throw new SyntaxError(
      `Cannot decode IDX ${content}: ${body.length} bytes follow the header, ` +
        `expected ${sizes.join(" x ")} = ${expected}`,
    );
  }
  return { sizes, body };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
