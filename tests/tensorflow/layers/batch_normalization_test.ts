import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

/** What a layer makes of three batches in training and of one afterwards, and its weights. */
function outputs(layer: tf.layers.Layer, shape: number[]): number[][] {
  const size = tf.util.sizeFromShape(shape);
  const batch = (seed: number) =>
    tf.tensor(Array.from({ length: size }, (_, i) => 3 + 2 * Math.sin(seed + 1.7 * i)), shape);
  const apply = (seed: number, training: boolean) => {
    const [output] = [layer.apply(batch(seed), { training })].flat();
    assert(output instanceof tf.Tensor);
    return [...output.dataSync()];
  };
  return tf.tidy(() => [
    ...[1, 2, 3].map((seed) => apply(seed, true)),
    apply(4, false),
    ...layer.getWeights().map((weight) => [...weight.dataSync()]),
  ]);
}

for (const shape of [[4, 3, 2, 5], [6, 5]]) {
  testOnTensorflow(`BatchNormalization does what TensorFlow.js's layer does on [${shape}]`, () => {
    const ours = new BatchNormalization({ momentum: 0.9 });
    const theirs = tf.layers.batchNormalization({ momentum: 0.9 });
    const expected = outputs(theirs, shape);
    outputs(ours, shape).forEach((values, i) =>
      values.forEach((value, j) => assertAlmostEquals(value, expected[i][j], 1e-5, `${i}, ${j}`))
    );
    ours.dispose();
    theirs.dispose();
  });
}

Deno.test("BatchNormalization is saved as Keras's, with Keras's defaults", async () => {
  await tf.setBackend("cpu");
  const { axis, momentum, epsilon, center, scale } = new BatchNormalization().getConfig();
  assertEquals({ axis, momentum, epsilon, center, scale }, {
    axis: -1,
    momentum: 0.99,
    epsilon: 0.001,
    center: true,
    scale: true,
  });
  assertEquals(new BatchNormalization().getClassName(), "BatchNormalization");
});

Deno.test("BatchNormalization refuses channels without a number", () => {
  assertThrows(() => new BatchNormalization().build([null, 3, null]), RangeError, "has no length");
});
