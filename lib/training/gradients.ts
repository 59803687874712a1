import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "./loss.ts";

/** What a batch says of a model. */
export interface BatchGradients {
  /** That of the loss by each trainable weight, by the variables' names. */
  readonly gradients: tf.NamedTensorMap;
  /** The batch's mean loss, without label smoothing. */
  readonly loss: tf.Scalar;
  /** How many predictions are correct. */
  readonly correct: tf.Tensor;
}

/** Finds gradients: images `[batch, height, width, 1]` and labels `[batch]` in. */
export type GradientFunction = (images: tf.Tensor4D, labels: tf.Tensor1D) => BatchGradients;

/**
 * The gradients of a model's loss, from predictions with dropout and the batch's own normalisation
 * statistics. The batch normalisations move their averages while they are applied.
 */
export function gradientsOf(
  model: tf.LayersModel,
  { labelSmoothing = 0 }: { labelSmoothing?: number } = {},
): GradientFunction {
  const variables = trainableVariables(model);
  return (images, labels) => {
    const kept: tf.Tensor2D[] = [];
    const { value, grads } = tf.variableGrads(() => {
      // The gradient's own scope would dispose the logits before their accuracy is counted.
      const logits = tf.keep(applyModel(model, images, { training: true }));
      kept.push(logits);
      return crossEntropy(labels, logits, { labelSmoothing });
    }, variables);
    const [logits] = kept;
    const loss = labelSmoothing === 0 ? value : crossEntropy(labels, logits);
    const correct = countCorrect(labels, logits);
    logits.dispose();
    return { gradients: grads, loss, correct };
  };
}

/** The variables of a model's trainable weights, in order. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return variablesOf(model.trainableWeights);
}

/** The variables of weights, in order. */
export function variablesOf(weights: tf.LayersModel["weights"]): tf.Variable[] {
  return weights.map((weight) => weight.read()).filter((tensor) => tensor instanceof tf.Variable);
}

/** How many labels have the greatest logit, a float32 scalar. */
export function countCorrect(labels: tf.Tensor1D, logits: tf.Tensor2D): tf.Tensor {
  return tf.cast(tf.sum(tf.equal(tf.argMax(logits, 1), labels)), "float32");
}

/**
 * The logits of a model.
 *
 * @throws {TypeError} If it gives something else than one matrix.
 */
export function applyModel(
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
