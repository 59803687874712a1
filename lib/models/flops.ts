import type * as tf from "@tensorflow/tfjs";

/**
 * Floating-point operations of one image's way through a model, computed from its layers.
 *
 * The convention is that of TensorFlow's profiler: two operations for each multiply-add of a
 * convolution or dense layer, one for each bias, one for each value that a pooling compares or
 * adds, five for each value of a softmax. Activations, batch normalisation (which could be
 * folded into the layer before it) and whatever only moves values count nothing.
 *
 * Source: TensorFlow, tensorflow/python/profiler/internal/flops_registry.py.
 *
 * @throws {TypeError} If it does not know a kind of layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { denseNetwork, flopsPerImage } from "./mod.ts";
 *
 * assertEquals(flopsPerImage(denseNetwork({ seed: 0 })), 2 * (784 * 128 + 128 * 10) + 128 + 10);
 * ```
 */
export function flopsPerImage(model: tf.LayersModel): number {
  return model.layers.map(flopsOfLayer).reduce((total, flops) => total + flops, 0);
}

function flopsOfLayer(layer: tf.layers.Layer): number {
  const kind = layer.getClassName();
  switch (kind) {
    case "InputLayer":
    case "Flatten":
    case "Dropout":
    case "Activation":
    case "ReLU":
    case "BatchNormalization":
      return 0;
    case "Conv2D":
    case "Dense": {
      const [kernel, bias] = layer.weights.map((weight) => weight.read());
      const outputs = outputSize(layer);
      // A kernel's last axis is the output channel: the others are what an output value sums over.
      const summed = kernel.size / kernel.shape[kernel.rank - 1];
      return outputs * (2 * summed + (bias === undefined ? 0 : 1));
    }
    case "MaxPooling2D":
    case "AveragePooling2D":
      return outputSize(layer) * product([layer.getConfig().poolSize].flat());
    case "GlobalMaxPooling2D":
    case "GlobalAveragePooling2D":
      return product([layer.input].flat()[0].shape.slice(1));
    case "Softmax":
      return 5 * outputSize(layer);
    default:
      throw new TypeError(`Cannot count FLOPs: unknown kind of layer ${kind} ("${layer.name}")`);
  }
}

/** The number of values that a layer gives for one image. */
function outputSize(layer: tf.layers.Layer): number {
  return product([layer.outputShape].flat(2).slice(1));
}

function product(factors: readonly unknown[]): number {
  return factors.reduce<number>((total, factor) => total * Number(factor), 1);
}
