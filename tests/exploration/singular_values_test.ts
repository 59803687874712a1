import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { singularValues } from "../../lib/exploration/mod.ts";

await tf.setBackend("cpu");

Deno.test("singularValues() are those of numpy.linalg.svd, for high and wide matrices", async () => {
  const matrix = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
  // numpy.linalg.svd([[1, 2], [3, 4], [5, 6]])[1]
  const expected = [9.525518091565104, 0.5143005806586441];
  for (const tensor of [matrix, tf.transpose<tf.Tensor2D>(matrix)]) {
    const values = await singularValues(tensor);
    assertEquals(values.length, 2);
    values.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
    tensor.dispose();
  }
});

Deno.test("singularValues() refuses a vector, with its shape", async () => {
  const row = tf.tensor2d([[1, 2, 3]]);
  await assertRejects(() => singularValues(row), RangeError, "the matrix is 1x3");
  row.dispose();
});
