import type { ImageDataset } from "../dataset/mod.ts";

/** Pixels that the assembly takes at once: rows are filled up to a multiple of them. */
const STEP = 16;

/** Pixels of a row for images of so many. */
export function rowSize(pixels: number): number {
  return Math.ceil(pixels / STEP) * STEP;
}

/**
 * Some images of a dataset as rows `[images, rowSize]`, filled up with zeros.
 *
 * @param to Where they are written, so far zeros; new bytes if not given.
 */
export function pixelRows(
  dataset: ImageDataset,
  images: Uint32Array,
  to: Uint8Array = new Uint8Array(images.length * rowSize(dataset.height * dataset.width)),
): Uint8Array {
  const size = rowSize(dataset.height * dataset.width);
  images.forEach((image, row) => to.set(dataset.image(image), row * size));
  return to;
}
