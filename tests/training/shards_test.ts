import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { smallCnn, vgg } from "../../lib/models/mod.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { gradientsOf } from "../../lib/training/gradients.ts";
import { Shards } from "../../lib/training/shards.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "env");

function batch(size: number): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  const images = tf.randomUniform<tf.Rank.R4>([size, 28, 28, 1], 0, 1, "float32", 1);
  return { images, labels: tf.tensor1d(Array.from({ length: size }, (_, i) => i % 10), "int32") };
}

Deno.test({
  name: "Shards find the gradients, the loss and the count of the whole batch, of any size",
  ignore,
  async fn() {
    await initBackend({ backend: "wasm" });
    const model = smallCnn({ seed: 0 });
    // Not what a worker would make of the model, and not to be changed.
    const frozen = model.getLayer("conv1");
    frozen.setWeights([tf.fill([3, 3, 1, 32], 0.1), tf.zeros([32])]);
    frozen.trainable = false;
    const before = tf.memory().numTensors;
    const shards = await Shards.start(model, { batchSize: 9, labelSmoothing: 0.1 });
    // One image leaves a worker without any.
    for (const size of [9, 4, 1]) {
      tf.tidy(() => {
        const { images, labels } = batch(size);
        const whole = gradientsOf(model, { labelSmoothing: 0.1 })(images, labels);
        const parts = shards.gradients(images, labels);
        assertEquals(Object.keys(parts.gradients), Object.keys(whole.gradients));
        for (const [name, gradient] of Object.entries(whole.gradients)) {
          const difference = tf.max(tf.abs(tf.sub(gradient, parts.gradients[name]))).dataSync()[0];
          const greatest = tf.max(tf.abs(gradient)).dataSync()[0];
          assert(difference <= 1e-5 * greatest, `${name}: ${difference} of ${greatest}`);
        }
        assert(Math.abs(whole.loss.dataSync()[0] - parts.loss.dataSync()[0]) < 1e-6);
        assertEquals(parts.correct.dataSync(), whole.correct.dataSync());
      });
    }
    shards.dispose();
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
  },
});

Deno.test({
  name: "Shards refuse a batch that is larger than was said",
  ignore,
  async fn() {
    await initBackend({ backend: "wasm" });
    const model = smallCnn({ seed: 0 });
    const shards = await Shards.start(model, { batchSize: 2 });
    tf.tidy(() => {
      const { images, labels } = batch(9);
      assertThrows(() => shards.gradients(images, labels), RangeError, "on 9 images a step");
    });
    shards.dispose();
    model.dispose();
  },
});

Deno.test({
  name: "Shards.start() fails with what a worker says that cannot make the model",
  ignore,
  async fn() {
    await initBackend({ backend: "wasm" });
    // A layer that is known here and not in the workers.
    class Unknown extends tf.layers.Layer {
      static className = "Unknown";
    }
    tf.serialization.registerClass(Unknown);
    const model = tf.sequential({
      layers: [tf.layers.flatten({ inputShape: [28, 28, 1] }), new Unknown({})],
    });
    await assertRejects(
      () => Shards.start(model, { batchSize: 2 }),
      Error,
      "Cannot start a worker: Unknown layer: Unknown",
    );
    model.dispose();
  },
});

Deno.test({
  name: "Shards suit convolutional networks without normalisation, dropout, and TensorFlow",
  ignore,
  async fn() {
    const models = [smallCnn({ seed: 0 }), vgg({ seed: 0 })];
    await initBackend({ backend: "wasm" });
    const several = navigator.hardwareConcurrency > 1;
    assertEquals(models.map((model) => Shards.suit(model)), [several, false]);
    await tf.setBackend("cpu");
    assertEquals(models.map((model) => Shards.suit(model)), [false, false]);
    models.forEach((model) => model.dispose());
  },
});
