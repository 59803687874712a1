import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batches } from "../../lib/dataset/mod.ts";
import { crossEntropy, fit, type FitOptions } from "../../lib/training/mod.ts";
import {
  gradientDescent,
  linearModel,
  setWeights,
  tinyDataset,
  weightValues,
  withoutLeaks,
} from "./tiny.ts";

await tf.setBackend("cpu");

const dataset = tinyDataset(10, { seed: 0 });

Deno.test("fit() stops on a signal after the running step, with that step's weights", () =>
  withoutLeaks(async () => {
    const expected = linearModel();
    const plain = tf.train.sgd(0.5);
    const allSteps = [0, 1].flatMap((epoch) => [[epoch, 0], [epoch, 1], [epoch, 2]]);
    for (const [epoch, index] of allSteps.slice(0, 5)) {
      let i = 0;
      for (const { images, labels } of batches(dataset, { size: 4, seed: 9, epoch })) {
        if (i++ !== index) continue;
        plain.minimize(() => {
          const logits = expected.apply(images, { training: true });
          assert(logits instanceof tf.Tensor);
          return crossEntropy(labels, logits.as2D(-1, 3));
        });
      }
    }

    const model = linearModel();
    const controller = new AbortController();
    const optimizer = gradientDescent(0.5, (step) => {
      if (step === 5) controller.abort();
    });
    const error = await assertRejects(
      () =>
        fit(model, dataset, {
          epochs: 4,
          batchSize: 4,
          seed: 9,
          optimizer,
          validation: dataset,
          keep: "best",
          signal: controller.signal,
        }),
      DOMException,
    );
    assertEquals(error.name, "AbortError");
    assertEquals(weightValues(model), weightValues(expected));
    for (const owned of [expected, model, plain, optimizer]) owned.dispose();
  }));

Deno.test("fit() hears a signal between epochs and before the first", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const reason = new Error("enough");
    const controller = new AbortController();
    let epochs = 0;
    const options: FitOptions = {
      epochs: 3,
      batchSize: 10,
      seed: 0,
      signal: controller.signal,
      observer: { onEpochEnd: () => (epochs++, controller.abort(reason)) },
    };
    assertStrictEquals(await assertRejects(() => fit(model, dataset, options)), reason);
    assertEquals(epochs, 1);
    const before = weightValues(model);
    assertStrictEquals(await assertRejects(() => fit(model, dataset, options)), reason);
    assertEquals(weightValues(model), before);
    model.dispose();
  }));

Deno.test("fit() lets timers run between its steps", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const signal = AbortSignal.timeout(20);
    const options = { epochs: 5_000, batchSize: 10, seed: 0, signal };
    const error = await assertRejects(() => fit(model, dataset, options), DOMException);
    assertEquals(error.name, "TimeoutError");
    model.dispose();
  }));

Deno.test("fit() names epoch and step where the loss stops being finite", () =>
  withoutLeaks(async () => {
    const model = linearModel();
    const optimizer = gradientDescent(0.1, (step) => {
      if (step === 4) setWeights(model, [Array(12).fill(NaN), [0, 0, 0]]);
    });
    await assertRejects(
      () => fit(model, dataset, { epochs: 3, batchSize: 4, seed: 0, optimizer }),
      RangeError,
      "Cannot train epoch 2: loss is NaN at step 2, must be finite",
    );
    optimizer.dispose();
    model.dispose();
  }));
