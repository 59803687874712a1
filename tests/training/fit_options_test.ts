import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { fit, type FitOptions } from "../../lib/training/mod.ts";
import { linearModel, tinyDataset, weightValues, withoutLeaks } from "./tiny.ts";

await tf.setBackend("cpu");

const dataset = tinyDataset(10, { seed: 0 });

Deno.test("fit() refuses what no run could start with, before any step", async () => {
  const model = linearModel();
  const before = weightValues(model);
  const good = { epochs: 1, batchSize: 4, seed: 0 };
  const empty = dataset.take(0);
  const wide = new ImageDataset(new Uint8Array(12), new Uint8Array(2), {
    height: 2,
    width: 3,
    classes: 3,
  });
  const cases: [Partial<FitOptions>, string][] = [
    [{ epochs: 0 }, "Cannot train: epochs is 0, must be a whole number, at least 1"],
    [{ epochs: 1.5 }, "epochs is 1.5"],
    [{ epochs: Infinity }, "epochs is Infinity"],
    [
      { batchSize: 11 },
      "batchSize is 11, must be a whole number, from 1 to the 10 training images",
    ],
    [{ batchSize: NaN }, "batchSize is NaN"],
    [{ seed: 0.1 }, "seed is 0.1, must be an integer"],
    [{ keep: "best" }, "keeping the best weights needs validation images, none are given"],
    [{ validation: empty }, "validation has 0 images, must have at least 1"],
    [{ validation: wide }, "the model's inputs are [null,2,2,1], must be [null,2,3,1]"],
  ];
  const foreign = tf.train.sgd(0);
  cases.push(
    [{ optimizer: foreign, warmUp: true }, "warming up needs an optimizer of lib/tensorflow"],
    [{ optimizer: foreign, learningRate: () => 0 }, "a schedule of the learning rate needs"],
  );
  await withoutLeaks(async () => {
    for (const [bad, message] of cases) {
      await assertRejects(() => fit(model, dataset, { ...good, ...bad }), RangeError, message);
    }
    await assertRejects(() => fit(model, empty, good), RangeError, "batchSize is 4");
    const ten = new ImageDataset(new Uint8Array(40), new Uint8Array(10), { height: 2, width: 2 });
    await assertRejects(() => fit(model, ten, good), RangeError, "outputs are [null,3]");
  });
  assertEquals(weightValues(model), before);
  foreign.dispose();
  model.dispose();
});
