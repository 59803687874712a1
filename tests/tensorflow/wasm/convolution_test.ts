import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";

const ignore = !granted("read", "env");

interface Case {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: "same" | "valid" | number;
}

const CASES: Case[] = [
  { input: [3, 8, 9, 2], filter: [3, 3, 2, 4], strides: 1, pad: "same" },
  { input: [3, 8, 9, 2], filter: [3, 3, 2, 4], strides: 2, pad: "same" },
  { input: [3, 8, 9, 2], filter: [3, 3, 2, 4], strides: 1, pad: "valid" },
  // A last row and column that no stride reaches.
  { input: [3, 8, 9, 2], filter: [3, 2, 2, 4], strides: 2, pad: "valid" },
  { input: [2, 7, 7, 3], filter: [4, 2, 3, 5], strides: [2, 1], pad: "same" },
  { input: [2, 9, 9, 1], filter: [5, 5, 1, 2], strides: 3, pad: 1 },
  { input: [1, 4, 4, 3], filter: [1, 1, 3, 1], strides: 1, pad: "same" },
];

/** Numbers that look random and are the same on each backend. */
const numbersLike = (shape: number[], seed: number) =>
  Float32Array.from(
    { length: shape.reduce((a, b) => a * b) },
    (_, i) => Math.sin(12.9898 * i + seed),
  );

const convolve =
  ({ input, filter, strides, pad }: Case) => (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
    tf.conv2d(x.as4D(...input), w.as4D(...filter), strides, pad);

/** The gradients of a convolution's sum, each number weighed by another. */
function gradients(one: Case): [byInput: Float32Array, byFilter: Float32Array] {
  const values = tf.tidy(() => {
    const x = tf.tensor(numbersLike(one.input, 1), one.input);
    const w = tf.tensor(numbersLike(one.filter, 2), one.filter);
    const { shape } = convolve(one)(x, w);
    const dy = tf.tensor(numbersLike(shape, 3), shape);
    return tf.grads(convolve(one))([x, w], dy).map((gradient) => gradient.clone());
  });
  const [byInput, byFilter] = values.map((tensor) => Float32Array.from(tensor.dataSync()));
  tf.dispose(values);
  return [byInput, byFilter];
}

for (const one of CASES) {
  Deno.test({
    name: `wasm's gradients of tf.conv2d() equal the cpu backend's: ${JSON.stringify(one)}`,
    ignore,
    async fn() {
      await tf.setBackend("cpu");
      const expected = gradients(one);
      await initBackend({ backend: "wasm" });
      const before = tf.memory().numTensors;
      const found = gradients(one);
      assertEquals(tf.memory().numTensors, before);
      found.forEach((gradient, which) => {
        assertEquals(gradient.length, expected[which].length);
        const worst = Math.max(...gradient.map((value, i) => Math.abs(value - expected[which][i])));
        assert(worst < 1e-5, `${worst}`);
      });
    },
  });
}

Deno.test({
  name: "wasm's gradients of tf.conv2d() are what finite differences say",
  ignore,
  async fn() {
    await initBackend({ backend: "wasm" });
    const one: Case = { input: [1, 5, 5, 1], filter: [3, 3, 1, 2], strides: 2, pad: "same" };
    const [byInput, byFilter] = gradients(one);
    const [x, w] = [numbersLike(one.input, 1), numbersLike(one.filter, 2)];
    const weighed = (x: Float32Array, w: Float32Array) =>
      tf.tidy(() => {
        const y = convolve(one)(tf.tensor(x, one.input), tf.tensor(w, one.filter));
        return tf.sum(tf.mul(y, tf.tensor(numbersLike(y.shape, 3), y.shape))).dataSync()[0];
      });
    // A convolution is linear in each of its operands, so that a long step is as good as a short.
    const step = 0.5;
    x.forEach((value, i) => {
      const slope = (weighed(x.with(i, value + step), w) - weighed(x, w)) / step;
      assert(Math.abs(slope - byInput[i]) < 1e-4, `input ${i}: ${slope}, ${byInput[i]}`);
    });
    w.forEach((value, i) => {
      const slope = (weighed(x, w.with(i, value + step)) - weighed(x, w)) / step;
      assert(Math.abs(slope - byFilter[i]) < 1e-4, `filter ${i}: ${slope}, ${byFilter[i]}`);
    });
  },
});
