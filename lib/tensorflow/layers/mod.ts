/**
 * Layers that are recorded rightly and run faster than those of TensorFlow.js.
 *
 * @module
 */
export { BatchNormalization, type BatchNormalizationArgs } from "./batch_normalization.ts";
export { Dropout, type DropoutArgs } from "./dropout.ts";
