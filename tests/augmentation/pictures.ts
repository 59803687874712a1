import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomGenerator } from "../../lib/tensorflow/mod.ts";

/** Images of numbers in 0..1 that look random, each different from the others. */
export function pictures([batch, height, width, channels]: tf.Tensor4D["shape"]): tf.Tensor4D {
  const values = Array.from(
    { length: batch * height * width * channels },
    (_, i) => (i + 1) ** 2 % 251 / 250,
  );
  return tf.tensor4d(values, [batch, height, width, channels]);
}

/** Passes a generator of this seed to a function and disposes it. */
export function withRandom<T>(seed: number, fn: (random: RandomGenerator) => T): T {
  const random = new RandomGenerator(seed);
  try {
    return fn(random);
  } finally {
    random.dispose();
  }
}

/** The values of each image of a batch. */
export function imagesOf(batch: tf.Tensor4D): Float32Array[] {
  const [count] = batch.shape;
  const values = Float32Array.from(batch.dataSync());
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

/**
 * Checks mean and variance of numbers that are to be even from `low` to `high`, with a tolerance of
 * five standard errors, and their bounds.
 */
export function assertEven(values: readonly number[], low: number, high: number): void {
  const width = high - low;
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assertAlmostEquals(mean, (low + high) / 2, 5 * width / Math.sqrt(12 * values.length));
  // The variance of a squared distance from the mean is width⁴ / 180.
  assertAlmostEquals(variance, width ** 2 / 12, 5 * width ** 2 / Math.sqrt(180 * values.length));
  const outside = values.filter((value) => value < low - 1e-4 || value > high + 1e-4);
  assertEquals(outside, [], `outside of ${low} to ${high}`);
}
