import * as tf from "@tensorflow/tfjs";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { compiled, tensorInputs } from "./execute.ts";

/**
 * Registers a faster gradient of max pooling over windows of 2x2 that do not overlap.
 *
 * TensorFlow's kernel looks for the maxima again and writes each gradient to its place by itself.
 * Here four comparisons say which of a window's pixels is the first that has the maximum, and a
 * selection spreads the gradients; recorded, XLA makes one loop of it. It is the same answer,
 * also where several pixels of a window share the maximum: the first in the order of rows gets
 * the gradient.
 */
export function registerMaxPoolGradient(): void {
  const original = tf.getKernel("MaxPoolGrad", "tensorflow");
  tf.unregisterKernel("MaxPoolGrad", "tensorflow");
  tf.registerKernel({
    ...original,
    kernelFunc: (call) => {
      const [dy, x, y] = tensorInputs(call.inputs, "dy", "input", "output");
      // Run operation by operation, TensorFlow's kernel is as fast.
      const recorded = tensorflowBackend()?.binding.tracing ?? false;
      if (!recorded || !isHalving(x, y, call.attrs)) return original.kernelFunc(call);
      return compiled(() => tf.tidy(() => spread(dy, x, y)));
    },
  });
}

/** Whether the windows are 2x2, lie side by side and cover the image. */
function isHalving(x: tf.Tensor, y: tf.Tensor, attrs: tf.NamedAttrMap | undefined): boolean {
  const isTwo = (size: unknown) => [size].flat().every((length) => length === 2);
  const [, height, width]: number[] = x.shape;
  const [, rows, columns]: number[] = y.shape;
  return isTwo(attrs?.filterSize) && isTwo(attrs?.strides) &&
    height === 2 * rows && width === 2 * columns;
}

function spread(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = y.shape;
  const rows = batch * height;
  const windows = tf.reshape(x, [rows, 2, width, 2, channels]);
  const maxima = tf.reshape(y, [rows, width, channels]);
  const isMaximum = (row: number, column: number) => {
    const pixels = tf.slice(windows, [0, row, 0, column, 0], [rows, 1, width, 1, channels]);
    return tf.equal(tf.reshape(pixels, [rows, width, channels]), maxima);
  };
  // Which pixel of its window is the first with the maximum, from 0 to 3.
  const first = [[0, 0], [0, 1], [1, 0]].reduceRight<tf.Tensor>(
    (later, [row, column]) => tf.where(isMaximum(row, column), tf.scalar(2 * row + column), later),
    tf.scalar(3),
  );
  const places = tf.tensor([0, 1, 2, 3], [1, 2, 1, 2, 1]);
  const isPlace = tf.equal(tf.reshape(first, [rows, 1, width, 1, channels]), places);
  const gradients = tf.reshape(dy, [rows, 1, width, 1, channels]);
  return tf.reshape(tf.where(isPlace, gradients, tf.scalar(0)), x.shape);
}
