/**
 * Trains a tiny network with lib/tensorflow and npm's TensorFlow.js alone, on whatever backend
 * there is: which of two spirals is a point on? The test copies it out of the project.
 *
 * @module
 */
import { adam, initBackend, jit } from "@fashion-mnist/tensorflow";
import * as tf from "@tensorflow/tfjs";

const { name, description } = await initBackend();
console.error(description);

const angles = tf.linspace(0.5, 7, 100);
const spiral = tf.stack([tf.mul(angles, tf.cos(angles)), tf.mul(angles, tf.sin(angles))], 1);
const points = tf.concat<tf.Tensor2D>([tf.div(spiral, 7), tf.div(spiral, -7)]);
const labels = tf.concat<tf.Tensor2D>([tf.zeros([100, 1]), tf.ones([100, 1])]);

const layer = (inputShape: number[], units: number, seed: number) =>
  tf.layers.dense({
    units,
    inputShape,
    activation: "tanh",
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
  });
const model = tf.sequential({
  layers: [layer([2], 32, 1), layer([32], 32, 2), tf.layers.dense({ units: 1 })],
});

const optimizer = adam({ learningRate: 0.01 });
const step = jit((x: tf.Tensor2D, y: tf.Tensor2D) =>
  optimizer.minimize(() => {
    const logits = model.apply(x);
    if (!(logits instanceof tf.Tensor)) throw new TypeError("one input, one output");
    return tf.losses.sigmoidCrossEntropy(y, logits).asScalar();
  }, true)
);

let loss = NaN;
for (let i = 0; i < 400; i++) {
  const value = step(points, labels);
  loss = value?.dataSync()[0] ?? NaN;
  value?.dispose();
}
console.log(JSON.stringify({ name, loss }));
