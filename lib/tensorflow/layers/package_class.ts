import * as tf from "@tensorflow/tfjs";

/**
 * The class of one of TensorFlow.js's layers, which the package does not export, for ours to
 * inherit: what a layer takes, builds, checks and saves stays the package's.
 *
 * @throws {TypeError} If the layer is of no such class.
 */
export function packageClass(layer: tf.layers.Layer): typeof tf.layers.Layer {
  if (isLayerClass(layer.constructor)) return layer.constructor;
  throw new TypeError(`Cannot inherit from ${layer.name}: its constructor makes no layers`);
}

function isLayerClass(value: unknown): value is typeof tf.layers.Layer {
  return typeof value === "function" && value.prototype instanceof tf.layers.Layer;
}
