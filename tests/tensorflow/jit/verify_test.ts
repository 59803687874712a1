import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit, RandomGenerator } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

testOnTensorflow("jit() with verifyEvery finds a flag that was flipped after the recording", () => {
  let isHalved = false;
  const total = tf.variable(tf.scalar(0));
  const add = jit((x: tf.Tensor) => {
    total.assign(tf.add(total, isHalved ? tf.div(x, 2) : x));
  }, { verifyEvery: 3 });
  for (let call = 0; call < 6; call++) add(tf.scalar(1));
  isHalved = true;
  add(tf.scalar(1)); // A replay, which knows nothing of it.
  assertThrows(
    () => add(tf.scalar(1)),
    RangeError,
    "operation 0 was Add, at replay 6 it is RealDiv",
  );
  assertEquals(total.dataSync()[0], 7, "the call that was refused has no effect");
  add.dispose();
  total.dispose();
});

testOnTensorflow("jit() with verifyEvery goes on where nothing changed, and draws on", () => {
  let runs = 0;
  const [random, again] = [new RandomGenerator(1), new RandomGenerator(1)];
  const draw = jit((x: tf.Tensor) => {
    runs++;
    return tf.add(x, random.uniform([2]));
  }, { verifyEvery: 4 });
  for (let call = 0; call < 10; call++) {
    assertEquals(draw(tf.scalar(0)).dataSync(), again.uniform([2]).dataSync());
  }
  assertEquals(runs, 4, "the first two calls, and the fourth and the eighth replay");
  draw.dispose();
  [random, again].forEach((generator) => generator.dispose());
});

testOnTensorflow("jit() with verifyEvery compares large constants, too", () => {
  const values = new Float32Array(50_000);
  const sum = jit(() => tf.sum(tf.tensor1d(values.slice())), { verifyEvery: 2 });
  for (let call = 0; call < 5; call++) assertEquals(sum().dataSync()[0], 0);
  values[7] = 1;
  assertThrows(() => [sum(), sum()], RangeError, "Sum took a float32 [50000]");
  sum.dispose();
});

testOnTensorflow("jit() refuses a verifyEvery that is no count", () => {
  for (const verifyEvery of [-1, 0.5, NaN]) {
    assertThrows(() => jit(() => {}, { verifyEvery }), RangeError, `verifyEvery is ${verifyEvery}`);
  }
});
