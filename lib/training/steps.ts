import * as tf from "@tensorflow/tfjs";
import { jit, type JitFunction, type Precision } from "../tensorflow/mod.ts";
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
  /** That of the loss whose gradient is taken; the loss that is reported has none. */
  readonly labelSmoothing?: number;
  /** Takes in the new weights. */
  readonly average?: WeightAverage;
  readonly precision?: Precision;
}

/**
 * A step that trains: predicts with dropout and the batch's own normalisation statistics, takes
 * loss and accuracy from that, as Keras reports them, and then lets the optimizer change the
 * trainable weights. The batch normalisations move their averages while they are applied.
 */
export function trainingStep(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  { augment = (images) => images, labelSmoothing = 0, average, precision }: TrainingStepOptions =
    {},
): Step {
  const variables = model.trainableWeights.map((weight) => weight.read())
    .filter((tensor) => tensor instanceof tf.Variable);
  return jit((images, labels) => {
    const kept: tf.Tensor2D[] = [];
    const augmented = augment(images);
    const { value, grads } = tf.variableGrads(() => {
      // The gradient's own scope would dispose the logits before their accuracy is counted.
      const logits = tf.keep(apply(model, augmented, { training: true }));
      kept.push(logits);
      return crossEntropy(labels, logits, { labelSmoothing });
    }, variables);
    optimizer.applyGradients(grads);
    average?.update();
    const [logits] = kept;
    const loss = labelSmoothing === 0 ? value : crossEntropy(labels, logits);
    const metrics = stackMetrics(loss, labels, logits);
    logits.dispose();
    return metrics;
  }, { precision });
}

/** A step that only looks: no dropout, the moving statistics, no weight changed. */
export function validationStep(model: tf.LayersModel): Step {
  return jit((images, labels) => {
    const logits = apply(model, images, { training: false });
    return stackMetrics(crossEntropy(labels, logits), labels, logits);
  });
}

function apply(
  model: tf.LayersModel,
  images: tf.Tensor4D,
  options: { training: boolean },
): tf.Tensor2D {
  const output = model.apply(images, options);
  if (!isMatrix(output)) {
    throw new TypeError("Cannot train: the model must give one tensor [batch, classes]");
  }
  return output;
}

function isMatrix(output: unknown): output is tf.Tensor2D {
  return output instanceof tf.Tensor && output.rank === 2;
}

function stackMetrics(loss: tf.Scalar, labels: tf.Tensor1D, logits: tf.Tensor2D): tf.Tensor1D {
  const correct = tf.sum(tf.equal(tf.argMax(logits, 1), labels));
  return tf.stack([loss, tf.cast(correct, "float32")]).as1D();
}
