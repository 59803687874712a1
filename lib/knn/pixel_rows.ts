import type { ImageDataset } from "../dataset/mod.ts";

/** Pixels that the assembly takes at once: rows are filled up to a multiple of them. */
const STEP = 16;

/** Pixels of a row for images of so many. */
export function rowSize(pixels: number): number {
  return Math.ceil(pixels / STEP) * STEP;
}

/** Some images of a dataset as rows `[images, rowSize]`, filled up with zeros. */
export function pixelRows(dataset: ImageDataset, images: Iterable<number>): Uint8Array {
  const chosen = [...images];
  const size = rowSize(dataset.height * dataset.width);
  const rows = new Uint8Array(chosen.length * size);
  chosen.forEach((image, row) => rows.set(dataset.image(image), row * size));
  return rows;
}
