import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

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

testOnTensorflow("jit().later() makes overlapping calls one after the other", async () => {
  const total = tf.tidy(() => tf.variable(tf.scalar(0)));
  const add = jit((x: tf.Tensor) => total.assign(tf.add(total, x)));
  const one = tf.scalar(1);
  await Promise.all([1, 2, 3].map(() => add.later(one)));
  assertEquals(total.dataSync()[0], 3);
  await Promise.all([1, 2, 3].map(() => add.later(one)));
  assertEquals(total.dataSync()[0], 6);
  // Another function of the same variable waits, too; in the order in which they were called.
  const double = jit((x: tf.Tensor) => total.assign(tf.mul(tf.mul(total, 2), x)));
  for (let call = 0; call < 3; call++) double(one);
  await Promise.all([add.later(one), double.later(one), add.later(one), double.later(one)]);
  assertEquals(total.dataSync()[0], ((48 + 1) * 2 + 1) * 2);
  tf.dispose([total, one]);
  [add, double].forEach((fn) => fn.dispose());
});

testOnTensorflow("jit() refuses a call that cannot wait for one of later()", async () => {
  const [total, other] = tf.tidy(() => [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))]);
  const add = jit((x: tf.Tensor) => total.assign(tf.add(total, x)));
  const look = jit(() => tf.neg(total));
  const apart = jit((x: tf.Tensor) => other.assign(tf.add(other, x)));
  const one = tf.scalar(1);
  for (let call = 0; call < 3; call++) {
    add(one);
    look().dispose();
    apart(one);
  }
  const later = add.later(one);
  for (const call of [() => add(one), () => look()]) {
    assertThrows(call, RangeError, "while a call of later() is under way");
  }
  apart(one);
  await later;
  add(one);
  assertEquals([total.dataSync()[0], other.dataSync()[0]], [5, 4]);
  tf.dispose([total, other, one]);
  [add, look, apart].forEach((fn) => fn.dispose());
});

testOnTensorflow("jit().later() tells that a variable was assigned meanwhile", async () => {
  const total = tf.tidy(() => tf.variable(tf.scalar(0)));
  const add = jit((x: tf.Tensor) => total.assign(tf.add(total, x)));
  const [one, hundred] = [tf.scalar(1), tf.scalar(100)];
  for (let call = 0; call < 3; call++) add(one);
  const later = add.later(one);
  total.assign(hundred);
  await assertRejects(() => later, RangeError, `variable ${total.name} was given a value`);
  assertEquals(total.dataSync()[0], 100);
  tf.dispose([total, one, hundred]);
  add.dispose();
});

testOnTensorflow("jit().later() ends well where the function is disposed meanwhile", async () => {
  const size = 1000;
  const multiply = jit((x: tf.Tensor2D) => tf.matMul(tf.matMul(x, x), x));
  const matrix = tf.ones<tf.Rank.R2>([size, size]);
  for (let call = 0; call < 3; call++) multiply(matrix).dispose();
  const [first, second] = [multiply.later(matrix), multiply.later(matrix)];
  multiply.dispose();
  const products = await Promise.all([first, second]);
  assertEquals(products.map((product) => product.dataSync()[0]), [1e6, 1e6]);
  tf.dispose([matrix, ...products]);
  multiply.dispose();
});
