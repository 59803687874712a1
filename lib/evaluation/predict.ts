import { setImmediate as nextTask } from "node:timers/promises";
import type * as tf from "@tensorflow/tfjs";
import { meanOverViews, type Views } from "../augmentation/mod.ts";
import { batches, type ImageDataset } from "../dataset/mod.ts";
import { recordedModel } from "./recorded_model.ts";

/** How {@linkcode predict} goes through a dataset. */
export interface PredictOptions {
  /** Images a batch (250 if not given): it changes the memory used, not the logits' meaning. */
  readonly batchSize?: number;
  /** Of which views of an image the logits are averaged; the image alone if not given. */
  readonly views?: Views;
  /** Is told after each batch how many images of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the prediction after the current batch. */
  readonly signal?: AbortSignal;
}

/**
 * The logits of a model for every image of a dataset, in the dataset's order.
 *
 * The event loop gets a turn after each batch, so that progress is drawn and a signal is
 * heard. No tensor is left behind, also when it throws.
 *
 * @param model Maps images `[batch, height, width, 1]` in 0..1 to `[batch, classes]`.
 * @returns Row-major logits, `[count, classes]`.
 * @throws {RangeError} If `batchSize` is not a whole number of at least 1 (from
 *   {@linkcode batches}), or the model does not give one logit a class.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function predict(
  model: tf.LayersModel,
  dataset: ImageDataset,
  { batchSize = 250, views, onProgress, signal }: PredictOptions = {},
): Promise<Float32Array> {
  const { classes, length } = dataset;
  const outputs = model.outputs.map((output) => output.shape);
  if (outputs.length !== 1 || outputs[0].length !== 2 || outputs[0][1] !== classes) {
    throw new RangeError(
      `Cannot predict: the model's outputs are ${
        JSON.stringify(outputs)
      }, expected [[null,${classes}]]`,
    );
  }
  const logits = new Float32Array(length * classes);
  let done = 0;
  signal?.throwIfAborted();
  const look = recordedModel(model);
  for (const { images } of batches(dataset, { size: batchSize })) {
    const output = meanOverViews(look, images, { views });
    try {
      logits.set(await output.data(), done * classes);
    } finally {
      output.dispose();
    }
    done += images.shape[0];
    onProgress?.(done, length);
    await nextTask();
    signal?.throwIfAborted();
  }
  return logits;
}
