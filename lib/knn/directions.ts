import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { spreadSample } from "./spread_sample.ts";

/** Images that the directions are learned from, at most. */
const SAMPLE = 2000;
/** Each iteration multiplies by the covariance once. */
const ITERATIONS = 3;
/** The directions' length, in the whole numbers that stand for them. */
export const UNIT = 2 ** 13;

/** What sketches are made with. */
export interface Directions {
  /** `[pixels]`: the mean image, rounded. */
  readonly centre: Uint8Array;
  /** `[count, pixels]`: directions times {@linkcode UNIT}, rounded. */
  readonly rows: Int16Array;
}

/**
 * The directions along which images vary most, by subspace iteration on the covariance of a sample
 * (G. H. Golub and C. F. Van Loan, "Matrix Computations", section 8.2.4). They need not be the
 * principal components to the last digit, nor quite orthogonal: what the search relies on is that
 * no image gets longer by them, ‖A·x‖ ≤ ‖x‖ for A = rows / UNIT, and that is made sure of.
 *
 * @param count How many. Those that the images have no room for are zeros.
 */
export function principalDirections(images: ImageDataset, count: number): Directions {
  const pixels = images.height * images.width;
  const sample = spreadSample(images, SAMPLE);
  const sums = new Float64Array(pixels);
  for (const image of sample) for (let j = 0; j < pixels; j++) sums[j] += image[j];
  const centre = Uint8Array.from(sums, (sum) => Math.round(sum / sample.length));
  const centred = new Float32Array(sample.length * pixels);
  sample.forEach((image, row) => {
    for (let j = 0; j < pixels; j++) centred[row * pixels + j] = image[j] - centre[j];
  });
  const wanted = Math.min(count, pixels, sample.length);
  const basis = new Float64Array(count * pixels);
  const covariance = tf.tidy(() => {
    const x = tf.tensor2d(centred, [sample.length, pixels]);
    return tf.matMul(x, x, true, false);
  });
  // The images themselves are as good a start as random numbers, and always the same.
  basis.set(centred.subarray(0, wanted * pixels));
  for (let i = 0; i < ITERATIONS; i++) {
    orthonormalise(basis, pixels);
    tf.tidy(() => {
      const rows = tf.tensor2d(Float32Array.from(basis), [count, pixels]);
      basis.set(tf.matMul(rows, covariance).dataSync());
    });
  }
  covariance.dispose();
  orthonormalise(basis, pixels);
  return { centre, rows: wholeNumbers(basis, pixels) };
}

/** Makes rows orthogonal and of length 1, one after the other; what depends on earlier ones, 0. */
function orthonormalise(rows: Float64Array, pixels: number): void {
  const count = rows.length / pixels;
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * pixels, (i + 1) * pixels);
    const length = Math.sqrt(dot(row, row));
    for (let before = 0; before < i; before++) {
      const other = rows.subarray(before * pixels, (before + 1) * pixels);
      const shadow = dot(row, other);
      for (let j = 0; j < pixels; j++) row[j] -= shadow * other[j];
    }
    const left = Math.sqrt(dot(row, row));
    const scale = left > 1e-6 * length ? 1 / left : 0;
    for (let j = 0; j < pixels; j++) row[j] *= scale;
  }
}

/**
 * Rounds directions times {@linkcode UNIT}, or a little less, so that they are no longer than that
 * together: the largest eigenvalue of rows·rowsᵀ is at most its largest row sum (Gershgorin), here
 * of whole numbers below 2⁵³ and so without error.
 */
function wholeNumbers(directions: Float64Array, pixels: number): Int16Array {
  const count = directions.length / pixels;
  for (let unit = UNIT * (1 - 2 ** -8);;) {
    const rows = Float64Array.from(directions, (value) => Math.round(value * unit));
    const row = (i: number) => rows.subarray(i * pixels, (i + 1) * pixels);
    const sums = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        const product = Math.abs(dot(row(i), row(j)));
        sums[i] += product;
        if (j < i) sums[j] += product;
      }
    }
    const square = Math.max(...sums);
    if (square <= UNIT ** 2) return Int16Array.from(rows);
    unit *= (UNIT / Math.sqrt(square)) * (1 - 2 ** -10);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
