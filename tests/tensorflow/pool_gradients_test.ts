import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOnTensorflow } from "./on_tensorflow.ts";
import { numbers, testOnWasm } from "./wasm/on_wasm.ts";

const gradientOf = (pool: (x: tf.Tensor) => tf.Tensor, shape: number[]) =>
  numbers(tf.grad(pool)(tf.range(0, tf.util.sizeFromShape(shape)).reshape(shape)));

for (const [backend, test] of [["tensorflow", testOnTensorflow], ["wasm", testOnWasm]] as const) {
  test(`${backend}'s gradient of an average counts no padding, in 2d and 3d`, () => {
    // The windows: 0 1, 2 3, 4.
    const shares = [0.5, 0.5, 0.5, 0.5, 1];
    const flat = (x: tf.Tensor) => tf.avgPool(x.as4D(1, 1, 5, 1), [1, 2], [1, 2], "same");
    assertEquals(gradientOf(flat, [1, 1, 5, 1]), shares);
    const deep = (x: tf.Tensor) =>
      tf.avgPool3d(x.as5D(1, 1, 1, 5, 1), [1, 1, 2], [1, 1, 2], "same");
    assertEquals(gradientOf(deep, [1, 1, 1, 5, 1]), shares);
    // The windows of each axis, padded by one: nothing 0, 1.
    const padded = (x: tf.Tensor) => tf.avgPool(x.as4D(1, 2, 2, 1), 2, 2, 1);
    assertEquals(gradientOf(padded, [1, 2, 2, 1]), [1, 1, 1, 1]);
    const cube = (x: tf.Tensor) => tf.avgPool3d(x.as5D(1, 2, 2, 2, 1), 2, 2, 1);
    assertEquals(gradientOf(cube, [1, 2, 2, 2, 1]), [1, 1, 1, 1, 1, 1, 1, 1]);
    const uneven = (x: tf.Tensor) =>
      tf.avgPool(x.as4D(1, 2, 3, 1), [2, 3], [2, 2], [[0, 0], [0, 0], [1, 1], [0, 0]]);
    assertEquals(gradientOf(uneven, [1, 2, 3, 1]), [0.25, 0.5, 0.25, 0.25, 0.5, 0.25]);
  });

  test(`${backend}'s gradient of a maximum goes to where it is, in 2d and 3d`, () => {
    const flat = (x: tf.Tensor) => tf.maxPool(x.as4D(1, 1, 5, 1), [1, 3], [1, 2], "same");
    assertEquals(gradientOf(flat, [1, 1, 5, 1]), [0, 1, 0, 1, 1]);
    const deep = (x: tf.Tensor) =>
      tf.maxPool3d(x.as5D(1, 1, 1, 5, 1), [1, 1, 3], [1, 1, 2], "same");
    assertEquals(gradientOf(deep, [1, 1, 1, 5, 1]), [0, 1, 0, 1, 1]);
    const wide = (x: tf.Tensor) => tf.maxPool3d(x.as5D(1, 1, 2, 2, 1), [1, 4, 3], 3, "same");
    assertEquals(gradientOf(wide, [1, 1, 2, 2, 1]), [0, 0, 0, 1]);
  });
}
