import type * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { accuracy } from "./accuracy.ts";
import { argmaxRows, sparseCategoricalCrossentropy } from "./logits.ts";
import { predict, type PredictOptions } from "./predict.ts";

/** What a classifier, a network or not, makes of a dataset. */
export interface Evaluation {
  /** The share of images whose class was predicted, 0..1. */
  readonly accuracy: number;
  /** Mean sparse categorical cross-entropy in nats; `null` without logits, as for KNN. */
  readonly loss: number | null;
  /** Predicted classes, `[count]`, in the dataset's order. */
  readonly predictions: Uint8Array;
  /** True classes, `[count]`, in the same order. */
  readonly labels: Uint8Array;
}

/**
 * Evaluates a model on every image of a dataset.
 *
 * @param model Maps images `[batch, height, width, 1]` in 0..1 to logits `[batch, classes]`:
 *   no softmax at the end, or the loss is meaningless.
 * @throws {RangeError} If the dataset is empty, the model does not fit it or gives logits
 *   that are not finite, and for the options as {@linkcode predict} does.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function evaluate(
  model: tf.LayersModel,
  dataset: ImageDataset,
  options: PredictOptions = {},
): Promise<Evaluation & { readonly loss: number }> {
  const { classes } = dataset;
  const logits = await predict(model, dataset, options);
  const evaluation = evaluatePredictions(argmaxRows(logits, { classes }), dataset);
  const loss = sparseCategoricalCrossentropy(logits, evaluation.labels, { classes });
  return { ...evaluation, loss };
}

/**
 * Evaluates predictions that came without logits, such as those of KNN: `loss` is `null`.
 *
 * @param predictions Predicted classes, `[count]`, in the dataset's order.
 * @throws {RangeError} If the dataset is empty or the lengths differ.
 */
export function evaluatePredictions(predictions: Uint8Array, dataset: ImageDataset): Evaluation {
  const labels = dataset.ownLabels();
  return { accuracy: accuracy(predictions, labels), loss: null, predictions, labels };
}
