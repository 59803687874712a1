/**
 * `round.ts`: computes a product of matrices and a convolution's gradients by `jit` in float32 and
 * in bfloat16, and prints how far apart they are at most as JSON.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { initBackend, jit } from "../../lib/tensorflow/mod.ts";

await initBackend({ backend: "tensorflow" });
const compute = (a: tf.Tensor, images: tf.Tensor, filter: tf.Tensor) => [
  tf.matMul(a, tf.matMul(a, a)),
  ...tf.grads((images: tf.Tensor, filter: tf.Tensor) =>
    tf.square(tf.conv2d(images.as4D(8, 16, 16, 16), filter.as4D(3, 3, 16, 32), 1, "same"))
  )([images, filter]),
];
const [exact, rounded] = [jit(compute), jit(compute, { precision: "bfloat16" })];
const operands: [tf.Tensor, tf.Tensor, tf.Tensor] = [
  tf.randomUniform([64, 64], 0, 1, "float32", 1),
  tf.randomUniform([8, 16, 16, 16], -1, 1, "float32", 2),
  tf.randomUniform([3, 3, 16, 32], -1, 1, "float32", 3),
];
let apart = 0;
for (let call = 0; call < 4; call++) {
  const [expected, found] = [exact(...operands), rounded(...operands)];
  expected.forEach((tensor, i) => {
    apart = Math.max(apart, tf.max(tf.abs(tf.sub(tensor, found[i]))).dataSync()[0]);
  });
}
console.log(JSON.stringify({ apart }));
