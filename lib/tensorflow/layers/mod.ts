/**
 * Layers that are recorded rightly and run faster than those of TensorFlow.js, whose options they
 * all take. `tf.layers` still makes the package's own; models that are loaded have these.
 *
 * @module
 */
export { BatchNormalization, type BatchNormalizationArgs } from "./batch_normalization.ts";
export { Dropout, type DropoutArgs } from "./dropout.ts";
