import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Dropout } from "../../lib/tensorflow/mod.ts";
import { AUGMENTATIONS, fitRecipe, type Recipe } from "../../lib/training/mod.ts";
import { linearModel, tinyDataset, weightValues, withoutLeaks } from "./tiny.ts";

await tf.setBackend("cpu");

const dataset = tinyDataset(30, { seed: 0 });

const PLAIN: Recipe = {
  name: "test",
  optimizer: "adamW",
  learningRate: 0.01,
  weightDecay: 0.1,
  batchSize: 6,
  epochs: 2,
  loss: "sparseCategoricalCrossentropy",
  validation: 6,
  keep: "last",
  labelSmoothing: 0.1,
  averageDecay: 0.5,
};

async function trained(changes: Partial<Recipe>, seed = 0) {
  const model = linearModel();
  const { history } = await fitRecipe(model, dataset, { recipe: { ...PLAIN, ...changes }, seed });
  const weights = weightValues(model);
  model.dispose();
  return { history, weights };
}

Deno.test("fitRecipe() gives one result for one recipe and seed, another for another seed", () =>
  withoutLeaks(async () => {
    for (const augmentation of [undefined, ...AUGMENTATIONS]) {
      const { weights } = await trained({ augmentation });
      assertEquals((await trained({ augmentation })).weights, weights, augmentation);
      const other = await trained({ augmentation }, 1);
      assert(other.weights.join() !== weights.join(), augmentation);
    }
  }));

Deno.test("fitRecipe() lets every field of a recipe change the weights", () =>
  withoutLeaks(async () => {
    const plain = await trained({});
    const schedule = (name: "oneCycle" | "warmupCosine") => ({ name, warmup: 0.2 });
    const changes: Partial<Recipe>[] = [
      { optimizer: "adam" },
      { optimizer: "muon" },
      { learningRate: 0.02 },
      { weightDecay: 0.2 },
      { labelSmoothing: 0 },
      { averageDecay: 0.9 },
      { schedule: schedule("oneCycle") },
      { schedule: schedule("warmupCosine") },
      ...AUGMENTATIONS.map((augmentation) => ({ augmentation })),
    ];
    const results = await Array.fromAsync(changes, (change) => trained(change));
    const distinct = new Set([plain, ...results].map(({ weights }) => weights.join()));
    assertEquals(distinct.size, changes.length + 1);
  }));

Deno.test("fitRecipe() reports the loss without label smoothing", () =>
  withoutLeaks(async () => {
    const options = { learningRate: 1e-9, weightDecay: 0 };
    const [smooth, plain] = [
      await trained(options),
      await trained({ ...options, labelSmoothing: 0 }),
    ];
    const difference = smooth.history[0].loss - plain.history[0].loss;
    assert(Math.abs(difference) < 1e-5, `${difference}`);
  }));

Deno.test("fitRecipe() multiplies the rates of dropout while it trains, and only then", () =>
  withoutLeaks(async () => {
    const run = async (rate: number, dropout: number) => {
      const model = tf.sequential({
        layers: [
          tf.layers.flatten({ inputShape: [2, 2, 1] }),
          new Dropout({ rate, seed: 0 }),
          tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.heNormal({ seed: 3 }) }),
        ],
      });
      await fitRecipe(model, dataset, { recipe: { ...PLAIN, dropout }, seed: 0 });
      const result = { weights: weightValues(model), rate: model.layers[1].getConfig().rate };
      model.dispose();
      return result;
    };
    const half = await run(0.6, 0.5);
    assertEquals(half.rate, 0.6);
    assertEquals(half.weights, (await run(0.3, 1)).weights);
    assertEquals((await run(0.6, 0)).weights, (await run(0, 1)).weights);
  }));
