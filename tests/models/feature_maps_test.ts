import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { featureMaps, firstKernels, smallCnn } from "../../lib/models/mod.ts";

const image = Uint8Array.from({ length: 784 }, (_, i) => (i * 37) % 256);

Deno.test("featureMaps() are the convolution, bias and ReLU computed by hand", async () => {
  await tf.setBackend("cpu");
  const model = smallCnn({ seed: 0 });
  const tensors = tf.memory().numTensors;
  const { maps: kernels, biases } = await firstKernels(model, { layer: "conv1" });
  const { maps, height, width } = await featureMaps(model, image, { layer: "conv1" });
  assertEquals([maps.length, height, width], [32, 28, 28]);
  for (const [channel, row, column] of [[0, 5, 9], [31, 20, 1], [7, 12, 26]]) {
    let sum = biases[channel];
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        const pixel = image[(row + r - 1) * 28 + column + c - 1] / 255;
        sum += pixel * kernels[channel][3 * r + c];
      }
    }
    assertAlmostEquals(maps[channel][28 * row + column], Math.max(0, sum), 1e-5);
  }
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("featureMaps() gives the pooled maps, each the greatest of four values", async () => {
  await tf.setBackend("cpu");
  const model = smallCnn({ seed: 1 });
  const { maps } = await featureMaps(model, image, { layer: "conv1" });
  const { maps: pooled, width } = await featureMaps(model, image, { layer: "pool1" });
  assertEquals(width, 14);
  const four = [0, 1, 28, 29].map((offset) => maps[3][28 * 10 + 12 + offset]);
  assertEquals(pooled[3][14 * 5 + 6], Math.max(...four));
});

Deno.test("featureMaps() and firstKernels() refuse layers of other shapes", async () => {
  await tf.setBackend("cpu");
  const model = smallCnn({ seed: 0 });
  await assertRejects(() => featureMaps(model, image, { layer: "dense1" }), RangeError, "dense1");
  await assertRejects(() => firstKernels(model, { layer: "conv2" }), RangeError, "[3,3,32,64]");
});
