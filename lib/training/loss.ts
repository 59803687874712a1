import * as tf from "@tensorflow/tfjs";
import { sparseSoftmaxCrossEntropy } from "../tensorflow/mod.ts";

/** Options of {@linkcode crossEntropy}. */
export interface CrossEntropyOptions {
  /**
   * The share of the target's probability that all classes get alike, in [0, 1).
   *
   * @default {0}
   */
  readonly labelSmoothing?: number;
}

/**
 * Sparse categorical cross-entropy from logits: the mean over the batch of -log p(label), in
 * nats, a scalar, as Keras's `SparseCategoricalCrossentropy(from_logits=True)` gives.
 *
 * With label smoothing it is the cross-entropy with a target that gives this share of its
 * probability to all classes alike and the rest to the label (Szegedy et al., "Rethinking the
 * Inception Architecture for Computer Vision", 2016, section 7).
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
export function crossEntropy(
  labels: tf.Tensor1D,
  logits: tf.Tensor2D,
  { labelSmoothing = 0 }: CrossEntropyOptions = {},
): tf.Scalar {
  return tf.tidy(() => {
    const loss = tf.mean(sparseSoftmaxCrossEntropy(labels, logits));
    if (labelSmoothing === 0) return loss.asScalar();
    const uniform = tf.neg(tf.mean(tf.logSoftmax(logits)));
    return tf.add(tf.mul(loss, 1 - labelSmoothing), tf.mul(uniform, labelSmoothing)).asScalar();
  });
}
