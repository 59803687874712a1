import { ImageDataset } from "./image_dataset.ts";

/** By how many pixels images are shifted. */
export interface ShiftOptions {
  /** Pixels to the right, or to the left below 0. 0 if not given. */
  readonly right?: number;
  /** Pixels down, or up below 0. 0 if not given. */
  readonly down?: number;
}

/**
 * Copies of all images of a dataset, shifted by whole pixels. What leaves an image is lost, and
 * what comes in is 0, as the ground of Fashion-MNIST.
 *
 * @throws {RangeError} If a shift is not a whole number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ImageDataset, shiftImages } from "./mod.ts";
 *
 * const size = { height: 1, width: 3 };
 * const dataset = new ImageDataset(new Uint8Array([1, 2, 3]), new Uint8Array(1), size);
 * assertEquals(shiftImages(dataset, { right: 1 }).image(0), new Uint8Array([0, 1, 2]));
 * ```
 */
export function shiftImages(
  dataset: ImageDataset,
  { right = 0, down = 0 }: ShiftOptions,
): ImageDataset {
  for (const [name, value] of Object.entries({ right, down })) {
    if (!Number.isSafeInteger(value)) {
      throw new RangeError(`Cannot shift images: ${name} is ${value}, expected whole pixels`);
    }
  }
  const { height, width, classes, length } = dataset;
  const images = new Uint8Array(length * height * width);
  for (let i = 0; i < length; i++) {
    const image = dataset.image(i);
    for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
      const source = (row - down) * width;
      const kept = image.subarray(
        source + Math.max(0, -right),
        source + width - Math.max(0, right),
      );
      if (Math.abs(right) < width) {
        images.set(kept, (i * height + row) * width + Math.max(0, right));
      }
    }
  }
  const labels = Uint8Array.from({ length }, (_, i) => dataset.label(i));
  return new ImageDataset(images, labels, { height, width, classes });
}

/**
 * Copies of a dataset shifted by every whole number of pixels up to `reach`, to the right, left, up
 * and down: `(2·reach + 1)²` of them, the unshifted one in the middle.
 *
 * @throws {RangeError} If `reach` is not a whole number of at least 0.
 */
export function allShifts(
  dataset: ImageDataset,
  { reach }: { readonly reach: number },
): ImageDataset[] {
  if (!Number.isSafeInteger(reach) || reach < 0) {
    throw new RangeError(`Cannot shift images: reach is ${reach}, expected whole pixels`);
  }
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return steps.flatMap((down) => steps.map((right) => shiftImages(dataset, { right, down })));
}
