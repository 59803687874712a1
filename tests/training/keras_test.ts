import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { smallCnn } from "../../lib/models/mod.ts";
import { adam, initBackend } from "../../lib/tensorflow/mod.ts";
import { fit } from "../../lib/training/mod.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import keras from "./keras_steps.json" with { type: "json" };

Deno.test({
  name: "fit() has the losses of Keras at every step, with study A's network and Adam",
  ignore: !tensorflowAvailable(),
  async fn() {
    await initBackend({ backend: "tensorflow" });
    const model = smallCnn({ seed: 0 });
    tf.tidy(() =>
      model.setWeights(
        model.getWeights().map(({ size, shape }) =>
          tf.tensor(Array.from({ length: size }, (_, i) => 0.1 * Math.sin(i + 1)), shape)
        ),
      )
    );
    const optimizer = adam();
    for (const [step, loss] of keras.losses.entries()) {
      const pixels = Uint8Array.from({ length: 32 * 784 }, (_, i) => ((i + step) ** 2) % 251);
      const images = new ImageDataset(pixels, Uint8Array.from({ length: 32 }, (_, i) => i % 10));
      const { history } = await fit(model, images, {
        epochs: 1,
        batchSize: 32,
        seed: 0,
        optimizer,
      });
      assertAlmostEquals(history[0].loss, loss, 1e-4);
    }
    model.dispose();
    optimizer.dispose();
  },
});
