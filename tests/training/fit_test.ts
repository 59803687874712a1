import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { evaluate } from "../../lib/evaluation/mod.ts";
import { Dropout } from "../../lib/tensorflow/mod.ts";
import { fit, type Progress } from "../../lib/training/mod.ts";
import {
  gradientDescent,
  linearModel,
  reference,
  setWeights,
  tinyDataset,
  weightValues,
  withoutLeaks,
} from "./tiny.ts";

await tf.setBackend("cpu");

const dataset = tinyDataset(10, { seed: 0 });

Deno.test("fit() takes Adam's steps as Keras does, computed in float64", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    let parameters = weightValues(model);
    const expected: number[] = [];
    const m = parameters.map(() => 0);
    const v = parameters.map(() => 0);
    for (let t = 1; t <= 5; t++) {
      const { loss, gradient } = reference(parameters, dataset);
      expected.push(loss);
      parameters = parameters.map((parameter, i) => {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] ** 2;
        const alpha = 0.001 * Math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t);
        return parameter - alpha * m[i] / (Math.sqrt(v[i]) + 1e-7);
      });
    }
    // The whole set is one batch, so that the order does not matter.
    const run = await fit(model, dataset, { epochs: 5, batchSize: 10, seed: 0 });
    run.history.forEach(({ loss }, i) => assertAlmostEquals(loss, expected[i], 1e-6));
    weightValues(model).forEach((weight, i) => assertAlmostEquals(weight, parameters[i], 1e-6));
    model.dispose();
  }));

Deno.test("fit() reports an epoch's loss and accuracy as means over images, not batches", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const before = weightValues(model);
    const validation = tinyDataset(7, { seed: 1 });
    // At a learning rate of 0, batches of 4, 4 and 2 must add up to the whole set.
    const optimizer = tf.train.sgd(0);
    const options = { epochs: 1, batchSize: 4, seed: 0, optimizer, validation };
    const { history: [epoch] } = await fit(model, dataset, options);
    for (const [means, images] of [[epoch, dataset], [epoch.validation, validation]] as const) {
      const expected = reference(before, images);
      assertAlmostEquals(means?.loss ?? NaN, expected.loss, 1e-6);
      assertAlmostEquals(means?.accuracy ?? NaN, expected.accuracy, 1e-12);
    }
    assertEquals(weightValues(model), before);
    optimizer.dispose();
    model.dispose();
  }));

Deno.test("fit() validates by the mean of two views, if it is told so", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const validation = tinyDataset(9, { seed: 1 });
    const optimizer = tf.train.sgd(0);
    const options = { epochs: 1, batchSize: 4, seed: 0, optimizer, validation };
    const { history } = await fit(model, dataset, { ...options, views: "mirrored" });
    const expected = await evaluate(model, validation, { views: "mirrored" });
    const alone = await evaluate(model, validation);
    assertAlmostEquals(history[0].validation?.loss ?? NaN, expected.loss, 1e-6);
    assert(Math.abs(alone.loss - expected.loss) > 1e-3);
    optimizer.dispose();
    model.dispose();
  }));

Deno.test("fit() warms up without a trace in the weights", () =>
  withoutLeaks(async () => {
    const [cold, warm] = await Array.fromAsync([false, true], async (warmUp) => {
      const model = linearModel();
      await fit(model, dataset, { epochs: 2, batchSize: 4, seed: 0, averageDecay: 0.5, warmUp });
      const weights = weightValues(model);
      model.dispose();
      return weights;
    });
    assertEquals(warm, cold);
  }));

Deno.test("fit() learns, and one seed gives one result", () =>
  withoutLeaks(async () => {
    const runs = [];
    for (const seed of [5, 5, 6]) {
      const model = tf.sequential({
        layers: [
          tf.layers.flatten({ inputShape: [2, 2, 1] }),
          tf.layers.dense({
            units: 8,
            activation: "relu",
            kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          }),
          new Dropout({ rate: 0.1, seed: 1 }),
          tf.layers.dense({
            units: 3,
            kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
          }),
        ],
      });
      const options = { epochs: 4, batchSize: 8, seed, optimizer: tf.train.adam(0.02) };
      const { history } = await fit(model, tinyDataset(100, { seed: 2 }), options);
      runs.push({ losses: history.map(({ loss }) => loss), weights: weightValues(model) });
      options.optimizer.dispose();
      model.dispose();
    }
    const [first, again, other] = runs;
    assertEquals(again, first);
    assert(other.weights.some((weight, i) => weight !== first.weights[i]));
    assert(first.losses[3] < 0.8 * first.losses[0], `losses ${first.losses}`);
  }));

Deno.test("fit() moves the batch normalisation's averages but trains only what is trainable", () =>
  withoutLeaks(async () => {
    const normalization = tf.layers.batchNormalization();
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [2, 2, 1] }),
        normalization,
        tf.layers.dense({ name: "frozen", units: 3, trainable: false }),
      ],
    });
    const frozen = model.getLayer("frozen").getWeights()[0].dataSync();
    await fit(model, dataset, { epochs: 1, batchSize: 10, seed: 0 });
    const [gamma, , movingMean, movingVariance] = normalization.getWeights();
    const columns = [0, 1, 2, 3].map((p) =>
      Array.from({ length: 10 }, (_, i) => dataset.image(i)[p] / 255)
    );
    columns.forEach((column, p) => {
      const mean = column.reduce((sum, value) => sum + value) / 10;
      const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 10;
      // Momentum 0.99, from a mean of 0 and a variance of 1.
      assertAlmostEquals(movingMean.dataSync()[p], 0.01 * mean, 1e-6);
      assertAlmostEquals(movingVariance.dataSync()[p], 0.99 + 0.01 * variance, 1e-6);
    });
    assert(gamma.dataSync().every((value) => value !== 1));
    assertEquals(model.getLayer("frozen").getWeights()[0].dataSync(), frozen);
    model.dispose();
  }));

Deno.test("fit() keeps the best weights: those of the first epoch with the best validation", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    // The label is the brightest pixel: these weights find it always, these often, these rarely.
    const perfect = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
    const blind = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const inverted = perfect.map((weight) => -weight);
    const kernels = [blind, perfect, perfect.map((weight) => 2 * weight), inverted];
    const optimizer = gradientDescent(
      0,
      (step) => setWeights(model, [kernels[step - 1], [0, 0, 0]]),
    );
    const options = { epochs: 4, batchSize: 10, seed: 0, validation: dataset, optimizer };
    const best = await fit(model, dataset, { ...options, keep: "best" });
    assertEquals(best.epoch, 2);
    assertEquals(best.history.map(({ validation }) => validation?.accuracy).slice(1, 3), [1, 1]);
    assertEquals(weightValues(model), [...perfect, 0, 0, 0]);
    optimizer.dispose();
    model.dispose();
  }));

Deno.test("fit() leaves the last epoch's weights by default", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const optimizer = gradientDescent(0, (step) =>
      setWeights(model, [Array(12).fill(step), [0, 0, 0]]));
    const options = { epochs: 3, batchSize: 10, seed: 0, validation: dataset, optimizer };
    const { epoch } = await fit(model, dataset, options);
    assertEquals([epoch, weightValues(model)[0]], [3, 3]);
    optimizer.dispose();
    model.dispose();
  }));

Deno.test("fit() reports its progress about four times a second", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const reports: Progress[] = [];
    const now = performance.now;
    let clock = 0;
    performance.now = () => clock;
    try {
      const optimizer = gradientDescent(0, () => clock += 100);
      await fit(model, dataset, {
        epochs: 2,
        batchSize: 1,
        seed: 0,
        optimizer,
        observer: { onProgress: (progress) => void reports.push(progress) },
      });
      optimizer.dispose();
    } finally {
      performance.now = now;
    }
    assertEquals(
      reports.map(({ epoch, step, images, seconds }) => [epoch, step, images, seconds]),
      [1, 2].flatMap((epoch) => [3, 6, 9].map((step) => [epoch, step, step, step / 10])),
    );
    for (const { epochs, steps } of reports) assertEquals([epochs, steps], [2, 10]);
    model.dispose();
  }));
