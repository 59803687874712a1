import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { measureNetwork } from "../../lib/benchmark/mod.ts";
import { evaluate } from "../../lib/evaluation/mod.ts";
import { flopsPerImage, loadModel, MODELS } from "../../lib/models/mod.ts";
import { RECIPES } from "../../lib/training/mod.ts";
import { granted } from "../permissions.ts";
import { BACKEND, tinyFashion } from "./tiny_fashion.ts";

await tf.setBackend("cpu");
const ignore = !granted("read", "write", "run", "sys", "env");
const recipe = { ...RECIPES.dense.study, name: "changed", epochs: 2, batchSize: 8 };

Deno.test({
  name: "measureNetwork() evaluates what it saved, and says so in its result",
  ignore,
  async fn() {
    const directory = await Deno.makeTempDir();
    const before = tf.memory().numTensors;
    const data = tinyFashion();
    const result = await measureNetwork("dense", data, {
      recipe,
      seed: 3,
      directory,
      backend: BACKEND,
    });
    assertEquals(tf.memory().numTensors, before);
    const saved = await loadModel(directory);
    const { accuracy, loss, predictions } = await evaluate(saved, data.test);
    assertEquals(result.test, { accuracy, loss, predictions });
    assertEquals([result.model, result.seed, result.recipe], ["dense", 3, recipe]);
    assertEquals(result.parameters, 101_770);
    assertEquals(result.flopsPerImage, flopsPerImage(MODELS.dense({ seed: 0 })));
    assertEquals(result.history.map(({ epoch }) => epoch), [1, 2]);
    assertEquals(result.weights.dtype, "float16");
    saved.dispose();
    await Deno.remove(directory, { recursive: true });
  },
});

Deno.test({
  name: "measureNetwork() cuts off the recipe's validation part",
  ignore,
  async fn() {
    const directory = await Deno.makeTempDir();
    const { history } = await measureNetwork("dense", tinyFashion(), {
      recipe: { ...recipe, validation: 10, keep: "best" },
      seed: 0,
      directory,
      backend: BACKEND,
    });
    assert(history.every(({ validation }) => validation !== undefined));
    await Deno.remove(directory, { recursive: true });
  },
});

Deno.test({
  name: "measureNetwork() saves the weights of the last step when it is stopped",
  ignore,
  async fn() {
    const directory = await Deno.makeTempDir();
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const error = await assertRejects(
      () =>
        measureNetwork("dense", tinyFashion(), {
          recipe,
          seed: 0,
          directory,
          backend: BACKEND,
          observer: { onEpochEnd: () => controller.abort() },
          signal: controller.signal,
        }),
      DOMException,
    );
    assertEquals(error.name, "AbortError");
    assertEquals(tf.memory().numTensors, before);
    (await loadModel(directory)).dispose();

    // Gone on with, and stopped before its first step.
    const weights = await Deno.readFile(`${directory}/weights.bin`);
    await assertRejects(
      () =>
        measureNetwork("dense", tinyFashion(), {
          recipe: { ...recipe, augmentation: "study copies" },
          seed: 0,
          directory,
          backend: BACKEND,
          signal: controller.signal,
        }),
      DOMException,
    );
    const after = await Deno.readFile(`${directory}/weights.bin`);
    assert(weights.every((byte, i) => byte === after[i]), "the weights are those of before");
    assertEquals(tf.memory().numTensors, before);
    await Deno.remove(directory, { recursive: true });
  },
});
