/**
 * `train_pointwise.ts`: trains a convolution of 1x1 with stride 2 to do what another one does, by
 * TensorFlow.js's `fit` and by `jit`, and prints the two losses it ends at as JSON.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { initBackend, jit, RandomGenerator, sgd } from "../../lib/tensorflow/mod.ts";

await initBackend({ backend: "tensorflow" });
const random = new RandomGenerator(1);
const x = random.normal([64, 8, 8, 2]).as4D(64, 8, 8, 2);
const layerOf = (seed: number) =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 8,
        kernelSize: 1,
        strides: 2,
        inputShape: [8, 8, 2],
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
      }),
    ],
  });
const y = layerOf(1).predictOnBatch(x);
if (Array.isArray(y)) throw new TypeError("one output");

const fitted = layerOf(2);
fitted.compile({ optimizer: tf.train.sgd(0.5), loss: "meanSquaredError" });
const { history } = await fitted.fit(x, y, { epochs: 60, batchSize: 32, verbose: 0 });

const stepped = layerOf(2);
const optimizer = sgd({ learningRate: 0.5 });
const step = jit(() =>
  optimizer.minimize(() => {
    const predicted = stepped.apply(x);
    if (!(predicted instanceof tf.Tensor)) throw new TypeError("one output");
    return tf.losses.meanSquaredError(y, predicted).asScalar();
  }, true)
);
let loss = NaN;
for (let i = 0; i < 120; i++) loss = step()?.dataSync()[0] ?? NaN;
console.log(JSON.stringify({ fit: Number(history.loss.at(-1)), jit: loss }));
