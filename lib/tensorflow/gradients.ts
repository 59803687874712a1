import * as tf from "@tensorflow/tfjs";

/**
 * Registers gradients in place of TensorFlow.js's own that are wrong on every backend.
 *
 * tf.cumsum()'s is transposed where it is not taken over the last axis.
 */
export function registerGradients(): void {
  tf.registerGradient({
    kernelName: "Cumsum",
    gradFunc: (dy, _saved, { axis, exclusive, reverse }) => {
      if (Array.isArray(dy)) {
        throw new TypeError("Cannot go back through tf.cumsum(): many outputs");
      }
      return { x: () => tf.cumsum(dy, Number(axis), Boolean(exclusive), !reverse) };
    },
  });
}
