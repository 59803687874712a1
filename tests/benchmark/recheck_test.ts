import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type NetworkResult, recheck } from "../../lib/benchmark/mod.ts";
import { weightsSha256 } from "../../lib/benchmark/measure_network.ts";
import { evaluate } from "../../lib/evaluation/mod.ts";
import { classifyByNeighbours } from "../../lib/benchmark/classify_by_neighbours.ts";
import { writeMetric } from "../../lib/benchmark/metric_file.ts";
import { KNeighborsClassifier, LearnedMetric } from "../../lib/knn/mod.ts";
import { loadModel, MODELS, saveModel } from "../../lib/models/mod.ts";
import { granted } from "../permissions.ts";
import { KNN_RESULT, METRIC_RESULT, networkResult } from "./fixtures.ts";
import { tinyFashion } from "./tiny_fashion.ts";

await tf.setBackend("cpu");
const ignore = !granted("read", "write");
const data = tinyFashion();

/** An untrained dense network on disk, and the result file that belongs to it. */
async function committed(): Promise<{ weights: string; result: NetworkResult }> {
  const weights = await Deno.makeTempDir();
  const model = MODELS.dense({ seed: 1 });
  await saveModel(model, `${weights}/dense`);
  model.dispose();
  const saved = await loadModel(`${weights}/dense`);
  const { accuracy, loss, predictions } = await evaluate(saved, data.test);
  saved.dispose();
  const sha256 = await weightsSha256(`${weights}/dense`);
  const result: NetworkResult = {
    ...networkResult(0, 0),
    model: "dense",
    weights: { dtype: "float16", sha256, classesChanged: 0 },
    test: { accuracy, loss, predictions },
  };
  return { weights, result };
}

/** The predictions with the first `count` changed to another class. */
const changed = (predictions: Uint8Array, count: number) =>
  predictions.map((prediction, i) => i < count ? (prediction + 1) % 10 : prediction);

Deno.test({
  name: "recheck() confirms committed weights by their own result file among others",
  ignore,
  async fn() {
    const { weights, result } = await committed();
    const before = tf.memory().numTensors;
    const checked = await recheck("dense", [networkResult(1, 5), result], { ...data, weights });
    assertEquals([checked?.seed, checked?.differences], [0, 0]);
    assertEquals(tf.memory().numTensors, before);
    await Deno.remove(weights, { recursive: true });
  },
});

Deno.test({
  name: "recheck() allows 10 other predictions, as of another processor, and no more",
  ignore,
  async fn() {
    const { weights, result } = await committed();
    const withChanges = (count: number): NetworkResult => ({
      ...result,
      test: { ...result.test, predictions: changed(result.test.predictions, count) },
    });
    const options = { ...data, weights };
    assertEquals((await recheck("dense", [withChanges(10)], options))?.differences, 10);
    await assertRejects(
      () => recheck("dense", [withChanges(11)], options),
      Deno.errors.InvalidData,
      "Cannot confirm dense, seed 0: 11 of 30 predictions differ",
    );
    await Deno.remove(weights, { recursive: true });
  },
});

Deno.test({
  name: "recheck() refuses weights that no result file names, as after one changed byte",
  ignore,
  async fn() {
    const { weights, result } = await committed();
    const path = `${weights}/dense/weights.bin`;
    const bytes = await Deno.readFile(path);
    bytes[1_000] ^= 1;
    await Deno.writeFile(path, bytes);
    await assertRejects(
      () => recheck("dense", [result], { ...data, weights }),
      Deno.errors.InvalidData,
      "no result file names its weights",
    );
    await Deno.remove(weights, { recursive: true });
  },
});

Deno.test("recheck() allows no other prediction of the nearest neighbours", async () => {
  const predictions = await new KNeighborsClassifier().fit(data.train).predict(data.test);
  const result = (count: number) => ({
    ...KNN_RESULT,
    test: { ...KNN_RESULT.test, predictions: changed(predictions, count) },
  });
  const options = { ...data, weights: "" };
  const checked = await recheck("knn", [result(0)], options);
  assertEquals([checked?.seed, checked?.differences], [null, 0]);
  await assertRejects(
    () => recheck("knn", [result(1)], options),
    Deno.errors.InvalidData,
    "Cannot confirm knn: 1 of 30 predictions differ",
  );
});

Deno.test({
  name: "recheck() classifies by the committed metric, and refuses another one",
  ignore,
  async fn() {
    const weights = await Deno.makeTempDir();
    await Deno.mkdir(`${weights}/knn-metric`);
    const pixels = 784;
    const metric = new LearnedMetric(
      Int8Array.from({ length: 3 * pixels }, (_, i) => i * i % 19 - 9),
      { centres: new Int32Array(3), scale: 900 },
    );
    const sha256 = await writeMetric(metric, `${weights}/knn-metric`);
    const { recipe } = METRIC_RESULT;
    const predictions = await classifyByNeighbours(recipe, data, { metric });
    const result = {
      ...METRIC_RESULT,
      weights: { dtype: "int8", sha256 },
      test: { ...METRIC_RESULT.test, predictions },
    } as const;
    const options = { ...data, weights };
    const checked = await recheck("knn-metric", [METRIC_RESULT, result], options);
    assertEquals([checked?.seed, checked?.differences], [0, 0]);
    await assertRejects(
      () => recheck("knn-metric", [METRIC_RESULT], options),
      Deno.errors.InvalidData,
      "no result file names its weights",
    );
    await Deno.remove(weights, { recursive: true });
  },
});

Deno.test("recheck() has nothing to say about a classifier that was not measured", async () => {
  assert(await recheck("vgg", [], { ...data, weights: "" }) === null);
});
