import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";
import { numbers, testOnWasm } from "./on_wasm.ts";

const ignore = !granted("read", "env");

/** Products of matrices, of batches, and of a batch with one matrix. */
const SHAPES: { a: number[]; b: number[] }[] = [
  { a: [3, 5], b: [5, 4] },
  { a: [2, 3, 5], b: [2, 5, 4] },
  { a: [2, 3, 5], b: [1, 5, 4] },
  { a: [2, 2, 3, 5], b: [2, 2, 5, 4] },
];
const FLAGS = [[false, false], [true, false], [false, true], [true, true]] as const;

const swapped = (shape: number[], swap: boolean) =>
  swap ? [...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]] : shape;

function products(): { values: number[]; shape: number[] }[] {
  return SHAPES.flatMap(({ a, b }) =>
    FLAGS.map(([transposeA, transposeB]) => {
      const product = tf.tidy(() => {
        const [left, right] = [swapped(a, transposeA), swapped(b, transposeB)].map((shape, seed) =>
          tf.tensor(
            Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i + seed)),
            shape,
          )
        );
        return tf.matMul(left, right, transposeA, transposeB);
      });
      const values = [...product.dataSync()];
      product.dispose();
      return { values, shape: product.shape };
    })
  );
}

Deno.test({
  name: "wasm's tf.matMul() equals the cpu backend's, transposed or not, and keeps no tensor",
  ignore,
  async fn() {
    await tf.setBackend("cpu");
    const expected = products();
    await initBackend({ backend: "wasm" });
    const before = tf.memory().numTensors;
    const found = products();
    assertEquals(tf.memory().numTensors, before);
    found.forEach(({ values, shape }, which) => {
      assertEquals(shape, expected[which].shape);
      const worst = Math.max(...values.map((x, i) => Math.abs(x - expected[which].values[i])));
      assert(worst < 1e-6, `${worst} in product ${which}`);
    });
  },
});

testOnWasm("wasm's tf.matMul() takes a reshaped view of a right factor for what it is", () => {
  const b = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
  const view = b.reshape<tf.Tensor2D>([3, 2]);
  const [two, three] = [tf.ones<tf.Rank.R2>([1, 2]), tf.ones<tf.Rank.R2>([1, 3])];
  for (let round = 0; round < 3; round++) {
    assertEquals(numbers(tf.matMul(two, b)), [5, 7, 9]);
    assertEquals(numbers(tf.matMul(three, view)), [9, 12]);
    const bias = tf.tensor1d([10, 20]);
    const fused = tf.fused.matMul({ a: three, b: view, bias, activation: "relu" });
    assertEquals(numbers(fused), [19, 32]);
  }
  const square = tf.range(0, 36).reshape<tf.Tensor2D>([6, 6]);
  const long = square.reshape<tf.Tensor2D>([4, 9]);
  assertEquals(numbers(tf.matMul(tf.ones([1, 6]), square)), [90, 96, 102, 108, 114, 120]);
  assertEquals(numbers(tf.matMul(tf.ones([1, 4]), long))[8], 8 + 17 + 26 + 35);
});

testOnWasm("wasm's tf.matMul() repeats the axes that each operand lacks", () => {
  const a = tf.tensor4d([1, 10, 2, 20], [2, 2, 1, 1]);
  const b = tf.tensor4d([3, 4], [2, 1, 1, 1]);
  assertEquals(numbers(tf.matMul(a, b)), [3, 30, 8, 80]);
});

testOnWasm("wasm's tf.fused.matMul() adds its bias once, to each row", () => {
  const [a, b] = [tf.ones<tf.Rank.R3>([2, 100, 2]), tf.ones<tf.Rank.R3>([2, 100, 3])];
  const bias = tf.tensor1d([1, 2, 3]);
  const fused = tf.fused.matMul({ a, b, bias, transposeA: true, activation: "relu" });
  assertEquals(numbers(fused), Array.from({ length: 4 }, () => [101, 102, 103]).flat());
  const one = tf.fused.matMul({ a, b, bias: tf.tensor1d([5]), transposeA: true });
  assertEquals(numbers(one), Array.from({ length: 12 }, () => 105));
});
