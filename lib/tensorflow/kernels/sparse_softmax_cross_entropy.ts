import * as tf from "@tensorflow/tfjs";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { execute, float32Attribute, inputsOf, single, typeAttribute } from "./execute.ts";

/**
 * The cross-entropy of labels `[batch]`, int32, and logits `[batch, classes]`: of each example
 * -log p(label) in nats, `[batch]`, where p is the softmax of its logits. On the `tensorflow`
 * backend it is one operation, which gives the gradient too.
 *
 * @throws {RangeError} On the `tensorflow` backend, if a label is no class. Elsewhere such a label
 *   silently counts as a loss of 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { sparseSoftmaxCrossEntropy } from "../mod.ts";
 *
 * const losses = sparseSoftmaxCrossEntropy(tf.tensor1d([3], "int32"), tf.zeros([1, 10]));
 * assertAlmostEquals(losses.dataSync()[0], Math.log(10), 1e-6);
 * ```
 */
export function sparseSoftmaxCrossEntropy(labels: tf.Tensor1D, logits: tf.Tensor2D): tf.Tensor1D {
  if (tensorflowBackend() === undefined) {
    return tf.tidy(() => {
      const oneHot = tf.cast(tf.oneHot(labels, logits.shape[1]), "float32");
      return tf.neg(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), 1));
    });
  }
  return tf.tidy(() => {
    const [losses, gradient] = tf.engine().runKernel<tf.Tensor[]>(KERNEL, { logits, labels });
    gradient.dispose();
    return losses.as1D();
  });
}

const KERNEL = "SparseSoftmaxCrossEntropyWithLogits";

/** Registers the operation and its gradient. */
export function registerSparseSoftmaxCrossEntropy(): void {
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: "tensorflow",
    kernelFunc: ({ inputs }) =>
      execute(KERNEL, inputsOf(inputs, "logits", "labels"), {
        attributes: [float32Attribute(), typeAttribute("Tlabels", "int32")],
        outputs: 2,
      }),
  });
  tf.registerGradient({
    kernelName: KERNEL,
    outputsToSave: [false, true],
    gradFunc: (dy, [gradient]) => ({
      logits: () => tf.mul(tf.expandDims(single(dy), 1), gradient),
    }),
  });
}
