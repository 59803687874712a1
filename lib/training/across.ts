import * as tf from "@tensorflow/tfjs";
import type { Cluster } from "../tensorflow/mod.ts";
import { type BatchGradients, type GradientFunction, trainableVariables } from "./gradients.ts";
import { weightVariables } from "./weight_average.ts";

/** What a batch says of a model without its gradients. */
type Metrics = Pick<BatchGradients, "loss" | "correct">;

/**
 * The gradients of a whole batch from those of the workers' shares: their means, weighted by the
 * images of each. The moving statistics of batch normalisations, which the shares have moved apart,
 * become their means, too. All of it is sent as one vector: many small messages would take longer.
 */
export function gradientsAcross(
  cluster: Cluster,
  gradientFunction: GradientFunction,
  model: tf.LayersModel,
): GradientFunction {
  const trainable = new Set(trainableVariables(model));
  const statistics = weightVariables(model).filter((variable) => !trainable.has(variable));
  return (images, labels) => {
    const { gradients, loss, correct } = gradientFunction(images, labels);
    const names = Object.keys(gradients);
    const own = [...names.map((name) => gradients[name]), ...statistics];
    const { means, ...metrics } = across(cluster, { loss, correct }, images.shape[0], own);
    statistics.forEach((variable, i) => variable.assign(means[names.length + i]));
    return { gradients: Object.fromEntries(names.map((name, i) => [name, means[i]])), ...metrics };
  };
}

/** The mean loss and the correct predictions of a whole batch from those of the workers' shares. */
export function metricsAcross(cluster: Cluster, metrics: Metrics, images: number): Metrics {
  return across(cluster, metrics, images, []);
}

/** The metrics of a whole batch, and the means of tensors weighted by the images of each share. */
function across(
  cluster: Cluster,
  { loss, correct }: Metrics,
  images: number,
  tensors: readonly tf.Tensor[],
): Metrics & { readonly means: tf.Tensor[] } {
  const weighted = tf.mul(tf.concat([loss, ...tensors].map((tensor) => tensor.flatten())), images);
  const parts = [weighted, tf.tensor1d([images]), correct.flatten()];
  const sums = cluster.allReduceSync(tf.concat(parts), { name: "step" });
  const sizes = [1, ...tensors.map(({ size }) => size)];
  const [sum, total, allCorrect] = tf.split(sums, [weighted.size, 1, 1]);
  const [meanLoss, ...means] = tf.split(tf.div(sum, total), sizes);
  return {
    loss: meanLoss.asScalar(),
    correct: allCorrect.asScalar(),
    means: means.map((mean, i) => tf.reshape(mean, tensors[i].shape)),
  };
}
