import * as tf from "@tensorflow/tfjs";
import { batches, type ImageDataset } from "../dataset/mod.ts";
import { gradientsOf } from "./gradients.ts";

/**
 * The gradient of the mean loss over all images of a dataset by the kernel of one layer, as the
 * matrix `[inputs, outputs]`, `[height · width · channels, filters]` of a convolution. It is the
 * caller's. The model's batch normalisations see the images as a training step would.
 *
 * @throws {RangeError} If the layer has no kernel; and if there is no such layer, as
 *   `getLayer` has it.
 */
export function kernelGradient(
  model: tf.LayersModel,
  dataset: ImageDataset,
  { layer }: { readonly layer: string },
): tf.Tensor2D {
  const kernel = model.getLayer(layer).trainableWeights
    .map((weight) => weight.read())
    .find((weight) => weight instanceof tf.Variable && weight.rank >= 2);
  if (!(kernel instanceof tf.Variable)) {
    throw new RangeError(`Cannot find a gradient: layer "${layer}" has no kernel`);
  }
  return tf.tidy(() => {
    const gradients = gradientsOf(model);
    for (const { images, labels } of batches(dataset, { size: dataset.length })) {
      const outputs = kernel.shape[kernel.rank - 1];
      return gradients(images, labels).gradients[kernel.name].as2D(kernel.size / outputs, outputs);
    }
    throw new RangeError("Cannot find a gradient: there are no images");
  });
}
