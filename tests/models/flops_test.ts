import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { flopsPerImage, smallCnn } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

Deno.test("flopsPerImage() of the small CNN equals the sum by hand", () => {
  const model = smallCnn({ seed: 0 });
  const expected = 28 * 28 * 32 * (2 * 9 * 1 + 1) + // conv1: 9 products of 1 channel, bias
    14 * 14 * 32 * 4 + // pool1: 4 values compared
    14 * 14 * 64 * (2 * 9 * 32 + 1) + // conv2
    7 * 7 * 64 * 4 + // pool2
    128 * (2 * 3136 + 1) + // dense1
    10 * (2 * 128 + 1); // logits
  assertEquals(expected, 8_557_706);
  assertEquals(flopsPerImage(model), expected);
  model.dispose();
});

Deno.test("flopsPerImage() counts strides, a missing bias and a softmax", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [9, 9, 2],
        filters: 4,
        kernelSize: [3, 5],
        strides: 2,
        useBias: false,
      }),
      tf.layers.batchNormalization(),
      tf.layers.averagePooling2d({ poolSize: [2, 3], strides: 1 }),
      tf.layers.softmax(),
    ],
  });
  // 9x9 through 3x5 by strides of 2 is 4x3; through 2x3 by 1 it is 3x1.
  assertEquals(flopsPerImage(model), 4 * 3 * 4 * 2 * (3 * 5 * 2) + 3 * 4 * 6 + 3 * 4 * 5);
  model.dispose();
});

Deno.test("flopsPerImage() refuses a kind of layer that it does not know", () => {
  const model = tf.sequential({
    layers: [tf.layers.gru({ name: "memory", inputShape: [4, 2], units: 3 })],
  });
  assertThrows(
    () => flopsPerImage(model),
    TypeError,
    'Cannot count FLOPs: unknown kind of layer GRU ("memory")',
  );
  model.dispose();
});
