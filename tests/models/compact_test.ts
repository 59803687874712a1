import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compact, flopsPerImage } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

Deno.test("compact() has seven convolutions and 512,154 parameters", () => {
  const model = compact({ seed: 0 });
  const convolutions = model.layers.filter((layer) => layer.getClassName() === "Conv2D");
  assertEquals(
    convolutions.map((layer) => layer.outputShape),
    [[28, 16], [28, 32], [14, 48], [14, 64], [7, 96], [7, 128], [3, 256]]
      .map(([side, filters]) => [null, side, side, filters]),
  );
  const filters = [1, 16, 32, 48, 64, 96, 128, 256];
  const kernels = filters.slice(1).map((count, i) => 9 * filters[i] * count);
  const normalized = filters.slice(1).map((count) => 4 * count);
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b);
  assertEquals(model.countParams(), sum(kernels) + sum(normalized) + 256 * 10 + 10);
  assertEquals(model.countParams(), 512_154);
  model.dispose();
});

Deno.test("compact() takes 45 million operations an image, twice its multiply-adds", () => {
  const model = compact({ seed: 0 });
  const products = 784 * 9 * (16 + 16 * 32) + 196 * 9 * (32 * 48 + 48 * 64) +
    49 * 9 * (64 * 96 + 96 * 128) + 9 * 9 * 128 * 256 + 256 * 10;
  const pooled = 4 * (196 * 32 + 49 * 64 + 9 * 128) + 9 * 256;
  assertEquals(flopsPerImage(model), 2 * products + pooled + 10);
  model.dispose();
});

Deno.test("compact() gives logits, the same for one seed, others for another, and disposes", () => {
  const before = tf.memory().numTensors;
  const logits = [0, 0, 1].map((seed) => {
    const model = compact({ seed });
    const values = tf.tidy(() => {
      const output = model.predict(tf.ones([1, 28, 28, 1]));
      assert(output instanceof tf.Tensor);
      return output.dataSync();
    });
    model.dispose();
    return values;
  });
  assertEquals(logits[0].length, 10);
  assertEquals(logits[0], logits[1]);
  assert(logits[0].some((value, i) => value !== logits[2][i]));
  assertEquals(tf.memory().numTensors, before);
});
