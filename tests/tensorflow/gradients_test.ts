import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOnTensorflow } from "./on_tensorflow.ts";
import { numbers, testOnWasm } from "./wasm/on_wasm.ts";

for (const [backend, test] of [["tensorflow", testOnTensorflow], ["wasm", testOnWasm]] as const) {
  test(`${backend}'s gradient of tf.cumsum() lies along its axis`, () => {
    const dy = tf.tensor2d([[1, 2], [3, 4]]);
    const x = tf.zerosLike(dy);
    for (const axis of [0, -2]) {
      assertEquals(numbers(tf.grad((x: tf.Tensor) => tf.cumsum(x, axis))(x, dy)), [4, 6, 3, 4]);
    }
    assertEquals(numbers(tf.grad((x: tf.Tensor) => tf.cumsum(x, 1))(x, dy)), [3, 2, 7, 4]);
    const exclusive = tf.grad((x: tf.Tensor) => tf.cumsum(x, 0, true, true));
    assertEquals(numbers(exclusive(x, dy)), [0, 0, 1, 2]);
  });

  test(`${backend}'s gradient of tf.mirrorPad() counts what was mirrored`, () => {
    const x = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
    const reflected = tf.grad((x: tf.Tensor) => tf.mirrorPad(x, [[0, 1], [2, 1]], "reflect"));
    // Rows 0 1 0, and columns 2 1 0 1 2 1.
    assertEquals(numbers(reflected(x)), [2, 6, 4, 1, 3, 2]);
    const repeated = tf.grad((x: tf.Tensor) => tf.mirrorPad(x, [[1, 0], [1, 2]], "symmetric"));
    // Rows 0 0 1, and columns 0 0 1 2 2 1.
    assertEquals(numbers(repeated(x)), [4, 4, 4, 2, 2, 2]);
  });
}
