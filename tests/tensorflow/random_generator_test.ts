import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit, RandomGenerator } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

const draws = (random: RandomGenerator, count: number) =>
  Array.from({ length: count }, () => [...random.uniform([3]).dataSync()]);

testOnTensorflow(
  "RandomGenerator draws in replays what it draws without, one after the other",
  () => {
    const [eager, recorded] = [new RandomGenerator(3), new RandomGenerator(3)];
    const draw = jit(() => recorded.uniform([3]));
    const replayed = Array.from({ length: 6 }, () => [...draw().dataSync()]);
    assertEquals(replayed, draws(eager, 6));
    assertEquals(new Set(replayed.flat()).size, 18);
    draw.dispose();
    eager.dispose();
    recorded.dispose();
  },
);

testOnTensorflow("RandomGenerator goes on from a number of draws that is assigned", () => {
  const [first, resumed] = [new RandomGenerator(3), new RandomGenerator(3)];
  const expected = draws(first, 5).slice(3);
  resumed.draws.assign(tf.scalar(3, "int32"));
  assertEquals(draws(resumed, 2), expected);
  first.dispose();
  resumed.dispose();
});

testOnTensorflow("RandomGenerator draws other numbers from other seeds", () => {
  const [a, b] = [new RandomGenerator(0), new RandomGenerator(1)];
  assert(draws(a, 1)[0].every((value, i) => value !== draws(b, 1)[0][i]));
  a.dispose();
  b.dispose();
});

/** Five standard errors of the mean and of the variance of 100,000 draws. */
function assertDistribution(random: RandomGenerator): void {
  const momentsOf = (values: tf.Tensor) => {
    const { mean, variance } = tf.moments(values);
    return [mean, variance].map((moment) => moment.dataSync()[0]);
  };
  const [mean, variance] = momentsOf(random.uniform([100_000]));
  assertAlmostEquals(mean, 1 / 2, 0.0046);
  assertAlmostEquals(variance, 1 / 12, 0.0012);
  const [zero, one] = momentsOf(random.normal([100_000]));
  assertAlmostEquals(zero, 0, 0.016);
  assertAlmostEquals(one, 1, 0.023);
}

testOnTensorflow("RandomGenerator is uniform and normal", () => {
  const random = new RandomGenerator(1);
  assertDistribution(random);
  const values = random.uniform([100_000]);
  assert(tf.min(values).dataSync()[0] >= 0 && tf.max(values).dataSync()[0] < 1);
  random.dispose();
});

Deno.test("RandomGenerator is uniform and normal, and repeats itself, on the cpu backend", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const [a, b] = [new RandomGenerator(1), new RandomGenerator(1)];
    assertDistribution(a);
    draws(b, 2);
    assertEquals(draws(a, 2), draws(b, 2));
    a.dispose();
    b.dispose();
  });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("RandomGenerator refuses a seed that is no whole number below 2³¹", () => {
  for (const seed of [-1, 0.5, 2 ** 31, NaN]) {
    assertThrows(() => new RandomGenerator(seed), RangeError, `seed is ${seed}`);
  }
});
