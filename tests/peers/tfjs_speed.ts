/**
 * The speed of this library (`ours`) and of tfjs-node's kernels as they come (`eager`), for
 * deno task bench:train and bench:predict.
 *
 *     deno run -A tests/peers/tfjs_speed.ts ours train small-cnn 64
 */
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { predict } from "../../lib/evaluation/mod.ts";
import { type ModelId, MODELS } from "../../lib/models/mod.ts";
import { adam, initBackend, jit } from "../../lib/tensorflow/mod.ts";
import { gradientsOf } from "../../lib/training/gradients.ts";
import { trainingStep } from "../../lib/training/steps.ts";
import { answer, type Variants } from "./answer.ts";
import { initEagerBackend, layersModel } from "./tfjs_eager.ts";
import { timed } from "./timed.ts";

const PEAK_SIZE = 2048;

function trainOurs(id: ModelId, batchSize: number): Variants {
  const step = trainingStep(gradientsOf(MODELS[id]({ seed: 0 })), adam());
  const { images, labels } = randomBatch(batchSize);
  // Within another jit function it is a part of that.
  const count = batchSize < 100 ? 16 : 4;
  const steps = jit((images: tf.Tensor4D, labels: tf.Tensor1D) =>
    tf.stack(Array.from({ length: count }, () => step(images, labels)))
  );
  const [a, b] = [tf.randomNormal([PEAK_SIZE, PEAK_SIZE]), tf.randomNormal([PEAK_SIZE, PEAK_SIZE])];
  const product = jit((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b));
  return {
    "jit": (times) => timed(times, () => step(images, labels)),
    [`jit of ${count} steps`]: async (times) => {
      const calls = Math.ceil(times / count);
      return await timed(calls, () => steps(images, labels)) * times / (calls * count);
    },
    "matrix product": (times) => timed(times, () => product(a, b)),
  };
}

function trainEager(id: ModelId, batchSize: number): Variants {
  const model = layersModel(id);
  const optimizer = tf.train.adam(0.001, 0.9, 0.999, 1e-7);
  const { images, labels } = randomBatch(batchSize);
  const step = () =>
    tf.tidy(() => {
      const loss = optimizer.minimize(() => {
        const [logits] = [model.apply(images, { training: true })].flat();
        if (!(logits instanceof tf.Tensor)) throw new TypeError("Cannot train: no tensor");
        return tf.losses.softmaxCrossEntropy(tf.oneHot(labels, 10), logits).asScalar();
      }, true);
      if (loss === null) throw new TypeError("Cannot train: no loss");
      return loss;
    });
  return { "eager": (times) => timed(times, step) };
}

function predictOurs(id: ModelId): Variants {
  const model = MODELS[id]({ seed: 0 });
  const pixels = Uint8Array.from({ length: 10_000 * 784 }, (_, i) => (i * i) % 251);
  const dataset = new ImageDataset(pixels, new Uint8Array(10_000));
  const variant = (batchSize: number) => async (times: number) => {
    const started = performance.now();
    for (let i = 0; i < times; i++) await predict(model, dataset, { batchSize });
    return (performance.now() - started) / 1000;
  };
  return { "jit, batches of 250": variant(250), "jit, batches of 50": variant(50) };
}

function predictEager(id: ModelId): Variants {
  const model = layersModel(id);
  const images = tf.randomUniform([10_000, 28, 28, 1]);
  const predictAll = () => {
    const [logits] = [model.predict(images, { batchSize: 250 })].flat();
    return logits;
  };
  return { "eager, batches of 250": (times) => timed(times, predictAll) };
}

function randomBatch(size: number): { images: tf.Tensor4D; labels: tf.Tensor1D } {
  const labels = tf.tensor1d(Array.from({ length: size }, (_, i) => i % 10), "int32");
  return { images: tf.randomUniform([size, 28, 28, 1]), labels };
}

const [who, task, id, batchSize] = Deno.args;
if (id !== "small-cnn" && id !== "vgg") throw new RangeError(`Cannot measure ${id}`);
if (who === "ours") {
  await initBackend({ backend: "tensorflow" });
  await answer(task === "train" ? trainOurs(id, Number(batchSize)) : predictOurs(id));
} else {
  await initEagerBackend();
  await answer(task === "train" ? trainEager(id, Number(batchSize)) : predictEager(id));
}
