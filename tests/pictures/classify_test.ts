import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { LABELS } from "../../lib/dataset/mod.ts";
import { loadModel } from "../../lib/models/mod.ts";
import { classify, classifyImage, preparePicture } from "../../lib/pictures/mod.ts";
import { granted } from "../permissions.ts";
import { draw, encode } from "./pictures.ts";

await tf.setBackend("cpu");

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const picture = draw({ width: 40, height: 50 }, (x, y) => x > 10 && y > 20 ? 5 * x : 255);

/** Lends a model whose logits are the mean pixel times `slopes`, one a class. */
async function withModel(slopes: number[], use: (model: tf.Sequential) => Promise<void>) {
  const before = tf.memory().numTensors;
  const model = tf.sequential({
    layers: [
      tf.layers.averagePooling2d({ poolSize: 28, inputShape: [28, 28, 1] }),
      tf.layers.flatten(),
      tf.layers.dense({ units: slopes.length, useBias: false }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([slopes])]));
  const held = tf.memory().numTensors;
  await use(model);
  assertEquals(tf.memory().numTensors, held, "tensors are left behind");
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
}

Deno.test("classify() gives the prepared image, the softmax of its logits and the best label", async () => {
  const slopes = [0, 1, -2, 5, 3, -100, 4, 0.5, 2, 1];
  await withModel(slopes, async (model) => {
    const { image, probabilities, label } = await classify(model, picture);
    assertEquals(image, preparePicture(picture));
    assertEquals(label, 3);
    const mean = image.reduce((sum, pixel) => sum + pixel / 255, 0) / 784;
    const powers = slopes.map((slope) => Math.exp(slope * mean));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, i) => assertAlmostEquals(probabilities[i], power / sum, 1e-6));
  });
});

Deno.test("classifyImage() takes an image as it is, of 28 x 28 pixels alone", async () => {
  await withModel([0, 1, -2, 5, 3, -100, 4, 0.5, 2, 1], async (model) => {
    const image = preparePicture(picture);
    assertEquals(await classifyImage(model, image), await classify(model, picture));
    const flipped = image.toReversed();
    assertEquals((await classifyImage(model, flipped)).image, flipped);
    await assertRejects(
      () => classifyImage(model, new Uint8Array(783)),
      RangeError,
      "the image has 783 pixels, expected 784",
    );
  });
});

Deno.test({
  name: "classify() gives the same for a picture, its bytes and its path",
  ignore: !granted("read", "write", "env", "ffi", "sys"),
  async fn() {
    await withModel([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], async (model) => {
      const expected = await classify(model, picture);
      const bytes = await encode(picture);
      assertEquals(await classify(model, bytes), expected);
      const path = await Deno.makeTempFile();
      await Deno.writeFile(path, bytes);
      assertEquals(await classify(model, path), expected);
      await Deno.remove(path);
    });
  },
});

Deno.test("classify() refuses models of other shapes, logits that are no numbers, blank pictures", async () => {
  await withModel([1, 2, 3], async (model) => {
    await assertRejects(
      () => classify(model, picture),
      RangeError,
      "inputs and outputs are [[[null,28,28,1]],[[null,3]]], expected [[[null,28,28,1]],[[null,10]]]",
    );
  });
  await withModel([1, 2, 3, 4, NaN, 6, 7, 8, 9, 10], async (model) => {
    await assertRejects(() => classify(model, picture), RangeError, "expected finite numbers");
    await assertRejects(() => classify(model, draw(picture, () => 9)), RangeError, "it is blank");
  });
});

Deno.test({
  name: "classify() sees a sneaker in the committed drawing, by the committed weights",
  ignore: !granted("read", "env", "ffi", "sys"),
  async fn() {
    const model = await loadModel(`${ROOT}/data/weights/small-cnn`);
    const { label, probabilities } = await classify(
      model,
      `${ROOT}/notebooks/pictures/drawing.png`,
    );
    assertEquals(LABELS[label], "Sneaker");
    assertAlmostEquals(probabilities[label], 0.99, 0.02);
    model.dispose();
  },
});
