import type { ImageDataset } from "../dataset/mod.ts";

/** What the images of one class have in common, and where they differ. */
export interface ClassImages {
  /** The mean of each pixel, `[height, width]`, 0..255. */
  readonly mean: Float64Array;
  /** The variance of each pixel, `[height, width]`, in squares of pixel values. */
  readonly variance: Float64Array;
}

/**
 * The mean and the variance of each pixel over the images of each class, in the order of the
 * classes. The variance is that of the images at hand: it divides by their number.
 *
 * @throws {RangeError} If a class has no image.
 */
export function classImages(dataset: ImageDataset): ClassImages[] {
  const { classes, height, width } = dataset;
  const size = height * width;
  const sums = Array.from({ length: classes }, () => new Float64Array(size));
  const squares = Array.from({ length: classes }, () => new Float64Array(size));
  const counts = new Float64Array(classes);
  for (let i = 0; i < dataset.length; i++) {
    const label = dataset.label(i);
    counts[label]++;
    const image = dataset.image(i);
    for (let p = 0; p < size; p++) {
      sums[label][p] += image[p];
      squares[label][p] += image[p] ** 2;
    }
  }
  const empty = counts.indexOf(0);
  if (empty !== -1) {
    throw new RangeError(`Cannot average images: class ${empty} has none, expected at least 1`);
  }
  return sums.map((sum, label) => {
    const mean = sum.map((value) => value / counts[label]);
    // Sums of whole numbers are exact, so that taking the square of the mean loses little.
    const variance = squares[label].map((value, p) => value / counts[label] - mean[p] ** 2);
    return { mean, variance };
  });
}

/**
 * How far the mean images of two classes lie apart, for each two: the root of the mean squared
 * difference of their pixels, in pixel values, `[classes][classes]`.
 */
export function classDistances(images: readonly ClassImages[]): number[][] {
  return images.map((a) =>
    images.map((b) => {
      const sum = a.mean.reduce((sum, value, p) => sum + (value - b.mean[p]) ** 2, 0);
      return Math.sqrt(sum / a.mean.length);
    })
  );
}
