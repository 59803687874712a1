import * as tf from "@tensorflow/tfjs";
import { derivedSeed } from "../tensorflow/mod.ts";

/**
 * Standard deviation of a normal distribution of deviation 1 that is truncated at ±2.
 * Keras divides by it, so that the drawn weights have the deviation asked for; TensorFlow.js
 * truncates too but does not make up for what the truncation takes away.
 */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Keras's default for kernels, uniform in ±√(6 / (fanIn + fanOut)), drawn from the model's
 * seed and the layer's name. (TensorFlow.js's own default is the normal variant.)
 *
 * Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks", 2010, equation 16.
 */
export function glorotUniform(seed: number, layerName: string) {
  return tf.initializers.glorotUniform({ seed: derivedSeed(seed, layerName) });
}

/**
 * Keras's `he_normal`: a truncated normal distribution of standard deviation √(2 / fanIn), drawn
 * from the model's seed and the layer's name. No weight is further than 2.274 deviations from 0.
 *
 * Source: He et al., "Delving Deep into Rectifiers", 2015, section 2.2.
 */
export function heNormal(seed: number, layerName: string) {
  return tf.initializers.varianceScaling({
    scale: 2 / TRUNCATED_DEVIATION ** 2,
    mode: "fanIn",
    distribution: "normal",
    seed: derivedSeed(seed, layerName),
  });
}
