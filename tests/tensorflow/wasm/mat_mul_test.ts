import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";

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
