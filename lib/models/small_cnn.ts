import * as tf from "@tensorflow/tfjs";
import { glorotUniform } from "./initializers.ts";

/**
 * Study A's convolutional network: images `[batch, 28, 28, 1]` in [0, 1] to logits
 * `[batch, 10]`, with 421,642 parameters.
 *
 * Source: Piotr Swirkaitis, "Fashion-MNIST Image Classifying Model". The study's last layer has
 * a softmax; here it is left to the loss, and added when the model is saved.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { smallCnn } from "./mod.ts";
 *
 * const model = smallCnn({ seed: 0 });
 * assertEquals(model.outputs[0].shape, [null, 10]);
 * ```
 */
export function smallCnn({ seed }: { seed: number }): tf.Sequential {
  return tf.sequential({
    name: "small-cnn",
    layers: [
      tf.layers.conv2d({
        name: "conv1",
        inputShape: [28, 28, 1],
        filters: 32,
        kernelSize: 3,
        padding: "same",
        activation: "relu",
        kernelInitializer: glorotUniform(seed, "conv1"),
      }),
      tf.layers.maxPooling2d({ name: "pool1", poolSize: 2, strides: 2 }),
      tf.layers.conv2d({
        name: "conv2",
        filters: 64,
        kernelSize: 3,
        padding: "same",
        activation: "relu",
        kernelInitializer: glorotUniform(seed, "conv2"),
      }),
      tf.layers.maxPooling2d({ name: "pool2", poolSize: 2, strides: 2 }),
      tf.layers.flatten({ name: "flatten" }),
      tf.layers.dense({
        name: "dense1",
        units: 128,
        activation: "relu",
        kernelInitializer: glorotUniform(seed, "dense1"),
      }),
      tf.layers.dense({
        name: "logits",
        units: 10,
        kernelInitializer: glorotUniform(seed, "logits"),
      }),
    ],
  });
}
