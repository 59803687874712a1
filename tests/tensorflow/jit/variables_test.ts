import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { tensorflowBackend } from "../../../lib/tensorflow/tensorflow_backend.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

testOnTensorflow("jit() reads variables as they are at each call, and assigns them", () => {
  const total = tf.variable(tf.scalar(0));
  const add = jit((x: tf.Tensor) => {
    total.assign(tf.add(total, x));
    return tf.mul(total, 2);
  });
  const doubled = [1, 2, 3, 4].map((x) => add(tf.scalar(x)).dataSync()[0]);
  assertEquals(doubled, [2, 6, 12, 20]);
  total.assign(tf.scalar(100));
  assertEquals(add(tf.scalar(1)).dataSync()[0], 202);
  assertEquals(total.dataSync()[0], 101);
  add.dispose();
  total.dispose();
});

testOnTensorflow("jit() leaves no tensor behind in 10,000 replays, nor in TensorFlow", () => {
  const total = tf.variable(tf.zeros([100]));
  const add = jit((x: tf.Tensor) => {
    total.assign(tf.add(total, x));
    return [tf.sum(total), x];
  });
  const x = tf.ones([100]);
  for (let call = 0; call < 3; call++) tf.dispose(add(x));
  const binding = tensorflowBackend()?.binding;
  const before = [tf.memory().numTensors, binding?.getNumOfTensors()];
  for (let call = 0; call < 10_000; call++) tf.dispose(add(x));
  assertEquals([tf.memory().numTensors, binding?.getNumOfTensors()], before);
  assertEquals(total.dataSync()[0], 10_003);
  add.dispose();
  total.dispose();
});

testOnTensorflow("jit() leaves the variables as they were when a replay fails", () => {
  const steps = tf.variable(tf.scalar(0));
  const row = jit((table: tf.Tensor, index: tf.Tensor1D) => {
    steps.assign(tf.add(steps, 1));
    return tf.gather(table, index);
  });
  const table = tf.zeros([4, 2]);
  for (let call = 0; call < 3; call++) row(table, tf.tensor1d([3], "int32"));
  assertThrows(() => row(table, tf.tensor1d([9], "int32")), RangeError, "9 is not in [0, 4)");
  assertEquals(steps.dataSync()[0], 3);
  row(table, tf.tensor1d([0], "int32"));
  assertEquals(steps.dataSync()[0], 4);
  row.dispose();
  steps.dispose();
});

testOnTensorflow("jit() counts a call that makes variables as none of the two", () => {
  let slot: tf.Variable | undefined;
  const count = jit((x: tf.Tensor) => {
    slot ??= tf.variable(tf.scalar(0));
    slot.assign(tf.add(slot, x));
  });
  for (let call = 0; call < 6; call++) count(tf.scalar(1));
  assertEquals(slot?.dataSync()[0], 6);
  count.dispose();
  slot?.dispose();
});
