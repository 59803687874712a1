import * as tf from "@tensorflow/tfjs";
import { meanOverViews, type Views } from "../augmentation/mod.ts";
import { type Cluster, jit, type JitFunction, type Precision } from "../tensorflow/mod.ts";
import { metricsAcross } from "./across.ts";
import { applyModel, countCorrect, type GradientFunction } from "./gradients.ts";
import { crossEntropy } from "./loss.ts";
import type { WeightAverage } from "./weight_average.ts";

/**
 * What becomes of one batch: images `[batch, height, width, 1]` and labels `[batch]` in, the
 * batch's mean loss and its number of correct predictions out, as one tensor `[2]` that is the
 * caller's. Nothing is read on the host.
 */
export type Step = JitFunction<[images: tf.Tensor4D, labels: tf.Tensor1D], tf.Tensor1D>;

/** Options of {@linkcode trainingStep}. */
export interface TrainingStepOptions {
  /** What becomes of a batch's images first. */
  readonly augment?: (images: tf.Tensor4D) => tf.Tensor4D;
  /** Takes in the new weights. */
  readonly average?: WeightAverage;
  readonly precision?: Precision;
}

/**
 * A step that trains: takes loss, accuracy and gradients from the batch's predictions, as Keras
 * reports them, and then lets the optimizer change the trainable weights.
 */
export function trainingStep(
  gradientFunction: GradientFunction,
  optimizer: tf.Optimizer,
  { augment = (images) => images, average, precision }: TrainingStepOptions = {},
): Step {
  return jit((images, labels) => {
    const { gradients, loss, correct } = gradientFunction(augment(images), labels);
    optimizer.applyGradients(gradients);
    average?.update();
    return tf.stack([loss, correct]).as1D();
  }, { precision });
}

/**
 * A step that only looks: no dropout, the moving statistics, no weight changed. The logits are the
 * means over the views of an image. In a cluster each worker looks at its share.
 */
export function validationStep(
  model: tf.LayersModel,
  { views, cluster }: { readonly views?: Views; readonly cluster?: Cluster } = {},
): Step {
  const look = (images: tf.Tensor4D) => applyModel(model, images, { training: false });
  return jit((images, labels) => {
    const logits = meanOverViews(look, images, { views });
    const metrics = { loss: crossEntropy(labels, logits), correct: countCorrect(labels, logits) };
    const { loss, correct } = cluster === undefined
      ? metrics
      : metricsAcross(cluster, metrics, labels.size);
    return tf.stack([loss, correct]).as1D();
  });
}
