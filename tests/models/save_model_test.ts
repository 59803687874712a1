import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { loadModel, saveModel } from "../../lib/models/mod.ts";
import { Dropout } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";

await tf.setBackend("cpu");

const ignore = !granted("read", "write");

/** A small model with every kind of weight that the networks have, none of them at its default. */
function makeModel(): tf.Sequential {
  const model = tf.sequential({
    name: "tiny",
    layers: [
      tf.layers.conv2d({ name: "conv1", inputShape: [6, 6, 1], filters: 2, kernelSize: 3 }),
      tf.layers.batchNormalization({ name: "normalization1" }),
      new Dropout({ name: "dropout1", rate: 0.5, seed: 3 }),
      tf.layers.flatten({ name: "flatten" }),
      tf.layers.dense({ name: "logits", units: 4 }),
    ],
  });
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map(({ shape }, i) => tf.randomUniform(shape, 0.1, 2, "float32", i + 1)),
    )
  );
  return model;
}

const values = (model: tf.LayersModel) =>
  model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));

/** Gives `use` a model and a path to save it to; afterwards no tensor may be left. */
async function withModel(use: (model: tf.Sequential, directory: string) => Promise<void>) {
  const before = tf.memory().numTensors;
  const parent = await Deno.makeTempDir();
  const model = makeModel();
  try {
    await use(model, join(parent, "run", "weights"));
  } finally {
    model.dispose();
    await Deno.remove(parent, { recursive: true });
  }
  assertEquals(tf.memory().numTensors, before, "tensors are left behind");
}

Deno.test({
  name: "saveModel() and loadModel() round-trip: float32 exactly, float16 rounded to nearest",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      for (const dtype of ["float32", "float16"] as const) {
        await saveModel(model, directory, { dtype });
        const loaded = await loadModel(directory);
        assertEquals(loaded.name, "tiny");
        assertEquals(loaded.outputs[0].shape, [null, 4]);
        const expected = values(model).map((weight) =>
          dtype === "float32" ? weight : weight.map((value) => Math.f16round(value))
        );
        assertEquals(values(loaded), expected);
        assert(loaded.getLayer("dropout1") instanceof Dropout);
        loaded.dispose();
      }
    }),
});

Deno.test({
  name: "loadModel() gives logits where plain loadLayersModel() gives their softmax",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      await saveModel(model, directory, { dtype: "float32" });
      const { modelTopology, weightsManifest } = JSON.parse(
        await Deno.readTextFile(join(directory, "model.json")),
      );
      const plain = await tf.loadLayersModel(tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: (await Deno.readFile(join(directory, "weights.bin"))).buffer,
      }));
      const loaded = await loadModel(directory);
      const images = tf.randomUniform([3, 6, 6, 1], 0, 1, "float32", 1);
      const [logits, expected, probabilities] = [loaded, model, plain].map((network) => {
        const output = network.predictOnBatch(images);
        assert(output instanceof tf.Tensor);
        const rows = output.dataSync();
        output.dispose();
        return rows;
      });
      assertEquals(logits, expected);
      for (let row = 0; row < 3; row++) {
        const exponentials = Array.from(logits.subarray(4 * row, 4 * row + 4), Math.exp);
        const sum = exponentials.reduce((a, b) => a + b);
        exponentials.forEach((exponential, i) =>
          assertAlmostEquals(probabilities[4 * row + i], exponential / sum, 1e-6)
        );
      }
      for (const owned of [images, loaded, plain]) owned.dispose();
    }),
});

Deno.test({
  name: "saveModel() writes the same bytes each time and leaves nothing but the two files",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      const save = async () => {
        await saveModel(model, directory);
        const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
        assertEquals(names.toSorted(), ["model.json", "weights.bin"]);
        return await Promise.all(names.map((name) => Deno.readFile(join(directory, name))));
      };
      assertEquals(await save(), await save());
    }),
});

Deno.test({
  name: "saveModel() describes the weights as TensorFlow.js's converter does",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      await saveModel(model, directory);
      const json = JSON.parse(await Deno.readTextFile(join(directory, "model.json")));
      assertEquals(json.format, "layers-model");
      assertEquals(json.generatedBy, "TensorFlow.js tfjs-layers v4.22.0");
      assertEquals(json.convertedBy, null);
      assertEquals(json.weightsManifest[0].paths, ["weights.bin"]);
      assertEquals(json.weightsManifest[0].weights[0], {
        name: "conv1/kernel",
        shape: [3, 3, 1, 2],
        dtype: "float32",
        quantization: { dtype: "float16", original_dtype: "float32" },
      });
      const { size } = await Deno.stat(join(directory, "weights.bin"));
      assertEquals(size, 2 * model.countParams());
    }),
});

Deno.test({
  name: "saveModel() refuses weights that are not finite in its type, before writing",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      const [kernel, bias] = model.getLayer("logits").getWeights();
      const large = tf.fill(bias.shape, 70_000);
      model.getLayer("logits").setWeights([kernel, large]);
      await assertRejects(
        () => saveModel(model, directory),
        RangeError,
        'Cannot save model: weight "logits/bias" is Infinity, must be finite in float16 (±65504)',
      );
      await assertRejects(() => Deno.stat(directory), Deno.errors.NotFound);
      await saveModel(model, directory, { dtype: "float32" });
      large.dispose();
    }),
});

Deno.test({
  name: "saveModel() leaves no temporary file where it cannot write",
  ignore,
  fn: () =>
    withModel(async (model, directory) => {
      await Deno.mkdir(join(directory, "weights.bin"), { recursive: true });
      await assertRejects(() => saveModel(model, directory), Error);
      const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
      assertEquals(names, ["weights.bin"]);
    }),
});
