import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../../lib/training/mod.ts";

await tf.setBackend("cpu");

Deno.test("crossEntropy() equals the mean negative log-probability", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const logits = tf.tensor2d([[1, 2, 3], [0, 0, 0]]);
    const loss = crossEntropy(tf.tensor1d([2, 0], "int32"), logits).dataSync()[0];
    // -log p is log(e + e² + e³) - 3 and log 3, here from Python.
    assertAlmostEquals(loss, (0.40760596 + 1.09861229) / 2, 1e-6);
  });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("crossEntropy() smooths labels as a mixture with the uniform distribution", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([[1, 2, 3]]);
    const labels = tf.tensor1d([0], "int32");
    const loss = crossEntropy(labels, logits, { labelSmoothing: 0.3 }).dataSync()[0];
    // -log p is 2.40760596, 1.40760596 and 0.40760596; the target 0.8, 0.1 and 0.1.
    assertAlmostEquals(loss, 0.8 * 2.40760596 + 0.1 * (1.40760596 + 0.40760596), 1e-6);
  });
});

Deno.test("crossEntropy() and its gradient stay finite for logits of ±1000", () => {
  tf.tidy(() => {
    const labels = tf.tensor1d([0, 1], "int32");
    const { value, grad } = tf.valueAndGrad((logits: tf.Tensor) =>
      crossEntropy(labels, logits.as2D(2, 2))
    )(tf.tensor2d([[-1000, 1000], [-1000, 1000]]));
    assertEquals(value.dataSync()[0], 1000);
    assertEquals([...grad.dataSync()], [-0.5, 0.5, 0, 0]);
  });
});
