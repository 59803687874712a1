import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

testOnTensorflow("jit().later() gives what a call gives, and assigns variables", async () => {
  const total = tf.tidy(() => tf.variable(tf.scalar(0)));
  const add = jit((x: tf.Tensor) => {
    total.assign(tf.add(total, x));
    return tf.mul(total, 2);
  });
  const results: number[] = [];
  for (const x of [1, 2, 3, 4, 5]) {
    const value = tf.scalar(x);
    const result = x % 2 === 0 ? add(value) : await add.later(value);
    results.push(result.dataSync()[0]);
    tf.dispose([value, result]);
  }
  assertEquals(results, [2, 6, 12, 20, 30]);
  assertEquals(total.dataSync()[0], 15);
  total.dispose();
  add.dispose();
});

testOnTensorflow("jit().later() lets the event loop go on while a replay runs", async () => {
  const size = 1500;
  const multiply = jit((x: tf.Tensor2D) => tf.matMul(tf.matMul(tf.matMul(x, x), x), x));
  const matrix = tf.ones<tf.Rank.R2>([size, size]);
  tf.dispose([multiply(matrix), multiply(matrix)]);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const product = await multiply.later(matrix);
  clearInterval(timer);
  assert(turns > 0, "no timer had its turn");
  tf.dispose([matrix, product]);
  multiply.dispose();
});

testOnTensorflow(
  "jit().later() rejects what TensorFlow refuses, and goes on after it",
  async () => {
    const gather = jit((x: tf.Tensor1D, i: tf.Tensor1D) => tf.gather(x, i));
    const [x, good, bad] = [
      tf.tensor1d([1, 2]),
      tf.tensor1d([1], "int32"),
      tf.tensor1d([9], "int32"),
    ];
    tf.dispose([gather(x, good), gather(x, good)]);
    await assertRejects(() => gather.later(x, bad), RangeError, "recorded_");
    const again = await gather.later(x, good);
    assertEquals([...again.dataSync()], [2]);
    tf.dispose([x, good, bad, again]);
    gather.dispose();
  },
);

testOnTensorflow("jit().later() calls at once on other backends", async () => {
  await tf.setBackend("cpu");
  const square = jit((x: tf.Tensor) => tf.square(x));
  const three = tf.scalar(3);
  const nine = await square.later(three);
  assertEquals(nine.dataSync()[0], 9);
  tf.dispose([three, nine]);
});
