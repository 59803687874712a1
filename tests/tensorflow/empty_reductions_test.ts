import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOnTensorflow } from "./on_tensorflow.ts";
import { numbers, testOnWasm } from "./wasm/on_wasm.ts";

for (const [backend, test] of [["tensorflow", testOnTensorflow], ["wasm", testOnWasm]] as const) {
  test(`${backend} reduces no numbers to what TensorFlow does`, () => {
    const none = tf.zeros([2, 0]);
    const whole = tf.zeros([2, 0], "int32");
    const no = tf.zeros([2, 0], "bool");
    const reduced = {
      sum: tf.sum(none, 1),
      prod: tf.prod(none, 1),
      mean: tf.mean(none, 1),
      meanOfWhole: tf.mean(whole, 1),
      max: tf.max(none, 1),
      min: tf.min(none, 1),
      maxOfWhole: tf.max(whole, 1),
      minOfWhole: tf.min(whole, 1),
      any: tf.any(no, 1),
      all: tf.all(no, 1),
    };
    const twice = (value: number) => [value, value];
    assertEquals(
      Object.fromEntries(Object.entries(reduced).map(([name, y]) => [name, numbers(y)])),
      {
        sum: twice(0),
        prod: twice(1),
        mean: twice(NaN),
        meanOfWhole: twice(NaN),
        max: twice(-Infinity),
        min: twice(Infinity),
        maxOfWhole: twice(-(2 ** 31)),
        minOfWhole: twice(2 ** 31 - 1),
        any: twice(0),
        all: twice(1),
      },
    );
    assertEquals(tf.mean(none, 1, true).shape, [2, 1]);
  });
}
