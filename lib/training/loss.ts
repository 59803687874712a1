import * as tf from "@tensorflow/tfjs";
import { sparseSoftmaxCrossEntropy } from "../tensorflow/mod.ts";

/**
 * Sparse categorical cross-entropy from logits: the mean over the batch of -log p(label), in
 * nats, a scalar, as Keras's `SparseCategoricalCrossentropy(from_logits=True)` gives.
 *
 * `labels` are `[batch]`, int32, and must be classes of the `logits` `[batch, classes]`: a label
 * outside them would silently count as a loss of 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { crossEntropy } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const loss = crossEntropy(tf.tensor1d([3], "int32"), tf.zeros([1, 10]));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(10), 1e-6);
 * ```
 */
export function crossEntropy(labels: tf.Tensor1D, logits: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(sparseSoftmaxCrossEntropy(labels, logits)).asScalar());
}
