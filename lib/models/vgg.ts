import * as tf from "@tensorflow/tfjs";
import { BatchNormalization, derivedSeed, Dropout } from "../tensorflow/mod.ts";
import { glorotUniform, heNormal } from "./initializers.ts";

/**
 * Study B's VGG-like network: images `[batch, 28, 28, 1]` in [0, 1] to logits `[batch, 10]`,
 * with 5,897,162 parameters, of which 5,891,274 are trained and 5,888 are the moving means and
 * variances of the batch normalisations.
 *
 * Three blocks of two convolutions each, then one wide dense layer. A batch normalisation
 * (momentum 0.99 and epsilon 0.001, the defaults of Keras and of TensorFlow.js) stands between
 * every linear layer and its ReLU. Convolutions begin as `he_normal`, dense layers as Keras has it
 * by default, `glorot_uniform`.
 *
 * Source: study B's network "inspired by VGG16" (Simonyan and Zisserman, "Very Deep
 * Convolutional Networks for Large-Scale Image Recognition", 2015), as in its own cnn.py.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { vgg } from "./mod.ts";
 *
 * const model = vgg({ seed: 0 });
 * assertEquals(model.getLayer("pool3").outputShape, [null, 3, 3, 256]);
 * ```
 */
export function vgg({ seed }: { seed: number }): tf.Sequential {
  const model = tf.sequential({ name: "vgg" });
  for (const [block, filters] of [64, 128, 256].entries()) {
    for (const index of [2 * block + 1, 2 * block + 2]) {
      const name = `conv${index}`;
      model.add(tf.layers.conv2d({
        name,
        ...(index === 1 && { inputShape: [28, 28, 1] }),
        filters,
        kernelSize: 3,
        padding: "same",
        kernelInitializer: heNormal(seed, name),
      }));
      model.add(new BatchNormalization({ name: `normalization${index}` }));
      model.add(tf.layers.reLU({ name: `relu${index}` }));
    }
    model.add(tf.layers.maxPooling2d({ name: `pool${block + 1}`, poolSize: 2, strides: 2 }));
    model.add(dropout(seed, `dropout${block + 1}`, 0.25));
  }
  model.add(tf.layers.flatten({ name: "flatten" }));
  model.add(tf.layers.dense({
    name: "dense1",
    units: 2048,
    kernelInitializer: glorotUniform(seed, "dense1"),
  }));
  model.add(new BatchNormalization({ name: "normalization7" }));
  model.add(tf.layers.reLU({ name: "relu7" }));
  model.add(dropout(seed, "dropout4", 0.5));
  model.add(tf.layers.dense({
    name: "logits",
    units: 10,
    kernelInitializer: glorotUniform(seed, "logits"),
  }));
  return model;
}

function dropout(seed: number, name: string, rate: number): Dropout {
  return new Dropout({ name, rate, seed: derivedSeed(seed, name) });
}
