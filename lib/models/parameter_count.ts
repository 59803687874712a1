import type * as tf from "@tensorflow/tfjs";

/** How many numbers a model's weights hold. */
export interface ParameterCount {
  total: number;
  /** Those that gradients change. */
  trainable: number;
  /** Those that they do not: the moving means and variances of batch normalisations. */
  nonTrainable: number;
}

/**
 * Counts a model's parameters, as Keras's `model.summary()` does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { denseNetwork, parameterCount } from "./mod.ts";
 *
 * assertEquals(parameterCount(denseNetwork({ seed: 0 })).total, 784 * 128 + 128 + 128 * 10 + 10);
 * ```
 */
export function parameterCount(model: tf.LayersModel): ParameterCount {
  const trainable = model.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0);
  const total = model.countParams();
  return { total, trainable, nonTrainable: total - trainable };
}
