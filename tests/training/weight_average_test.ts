import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fit, oneCycle } from "../../lib/training/mod.ts";
import { WeightAverage } from "../../lib/training/weight_average.ts";
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

Deno.test("WeightAverage follows the weights by its decay and lends itself to the model", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const first = weightValues(model);
    const average = new WeightAverage(model, { decay: 0.75 });
    const second = first.map((weight) => weight + 1);
    setWeights(model, [second.slice(0, 12), second.slice(12)]);
    average.update();
    const during = await average.during(() => Promise.resolve(weightValues(model)));
    during.forEach((weight, i) => assertAlmostEquals(weight, first[i] + 0.25, 1e-6));
    weightValues(model).forEach((weight, i) => assertAlmostEquals(weight, second[i], 1e-6));
    average.restore();
    assertEquals(weightValues(model), during);
    average.dispose();
    model.dispose();
  }));

Deno.test("WeightAverage gives the weights back where what it was lent for fails", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const average = new WeightAverage(model, { decay: 0.5 });
    setWeights(model, [new Array(12).fill(1), [1, 1, 1]]);
    await average.during(() => Promise.reject(new RangeError("no"))).catch(() => {});
    assertEquals(weightValues(model), new Array(15).fill(1));
    average.dispose();
    model.dispose();
  }));

Deno.test("WeightAverage rejects a decay outside of [0, 1)", () => {
  const model = linearModel();
  for (const decay of [1, -0.1, NaN]) {
    assertThrows(() => new WeightAverage(model, { decay }), RangeError, `decay is ${decay}`);
  }
  model.dispose();
});

Deno.test("fit() validates and keeps the averages of the weights", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const averages = weightValues(model);
    const seen: number[][] = [];
    const optimizer = gradientDescent(0.5, () => seen.push(weightValues(model)));
    const options = { epochs: 2, batchSize: 5, seed: 0, optimizer, averageDecay: 0.9 };
    const run = await fit(model, dataset, { ...options, validation: dataset });
    for (const weights of seen) {
      weights.forEach((weight, i) => averages[i] += 0.1 * (weight - averages[i]));
    }
    weightValues(model).forEach((weight, i) => assertAlmostEquals(weight, averages[i], 1e-6));
    const { loss } = reference(averages, dataset);
    assertAlmostEquals(run.history[1].validation?.loss ?? NaN, loss, 1e-6);
    optimizer.dispose();
    model.dispose();
  }));

Deno.test("fit() takes each step at the learning rate of the schedule", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const rates: number[] = [];
    const schedule = oneCycle({ peak: 0.01, warmup: 0.5 });
    const learningRate = (done: number) => {
      rates.push(done);
      return schedule(done);
    };
    await fit(model, dataset, { epochs: 2, batchSize: 4, seed: 0, learningRate });
    assertEquals(rates.length, 6);
    rates.forEach((done, step) => assertAlmostEquals(done, step / 6, 1e-12));
    model.dispose();
  }));

Deno.test("fit() refuses a schedule for an optimizer that keeps its learning rate", async () => {
  const model = linearModel();
  const options = { epochs: 1, batchSize: 5, seed: 0, optimizer: tf.train.sgd(0.1) };
  const error = await fit(model, dataset, { ...options, learningRate: () => 0.1 })
    .catch((error: unknown) => error);
  assertEquals(
    String(error),
    "RangeError: Cannot train: a schedule of the learning rate needs an optimizer of " +
      "lib/tensorflow, or none",
  );
  model.dispose();
});
