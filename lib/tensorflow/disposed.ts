import * as tf from "@tensorflow/tfjs";

const CURE = "dispose a tensor after its last use, and keep with tf.keep() what tf.tidy() is not " +
  "to dispose";

/**
 * Lets the use of tensors that were disposed, on any backend, say what was done to which, where
 * TensorFlow.js would end in the middle of itself. To be called once.
 */
export function refuseDisposedTensors(): void {
  const engine = tf.engine();
  const runKernel = engine.runKernel.bind(engine);
  engine.runKernel = function <T extends tf.Tensor | tf.Tensor[]>(
    ...[kernelName, inputs, attrs]: Parameters<typeof runKernel>
  ): T {
    const tensors = Object.values(inputs).flat().filter((input) => input instanceof tf.Tensor);
    // Not isDisposed: values that a clone shares are still there.
    const isGone = ({ dataId }: tf.Tensor) => !engine.state.tensorInfo.has(dataId);
    if (tensors.some(isGone)) {
      const described = tensors.map((tensor) =>
        `${tensor.dtype} [${tensor.shape.join(", ")}]${isGone(tensor) ? " (disposed)" : ""}`
      );
      throw new RangeError(`Cannot run ${kernelName} on ${described.join(", ")}: ${CURE}`);
    }
    return runKernel<T>(kernelName, inputs, attrs);
  };
  tf.Tensor.prototype.throwIfDisposed = function (this: tf.Tensor) {
    if (!this.isDisposed) return;
    throw new RangeError(
      `Cannot use a tensor of ${this.dtype} [${this.shape.join(", ")}] that was disposed: ${CURE}`,
    );
  };
}
