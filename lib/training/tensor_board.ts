import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import { node } from "../tensorflow/mod.ts";
import type { Means } from "./running_means.ts";
import type { TrainingObserver } from "./observer.ts";

/**
 * An observer that writes a run down for TensorBoard: loss and accuracy after each epoch, in
 * `train` and `validation` under the folder, by the names that Keras gives them. It needs the
 * `tensorflow` backend.
 *
 * @param folder Made if need be; `tensorboard --logdir` shows the runs in and under it.
 * @throws {TypeError} If the backend is another.
 */
export function tensorBoard(folder: string): TrainingObserver {
  if (tf.getBackend() !== "tensorflow") {
    throw new TypeError(
      `Cannot write for TensorBoard: the backend is ${tf.getBackend()}, and must be tensorflow`,
    );
  }
  const write = (part: string, epoch: number, { loss, accuracy }: Means) => {
    const writer = node.summaryFileWriter(join(folder, part));
    writer.scalar("epoch_loss", loss, epoch);
    writer.scalar("epoch_accuracy", accuracy, epoch);
    writer.flush();
  };
  return {
    onEpochEnd({ epoch, validation, ...means }) {
      write("train", epoch, means);
      if (validation !== undefined) write("validation", epoch, validation);
    },
  };
}
