import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { parameterCount, vgg } from "../../lib/models/mod.ts";
import { Dropout } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

Deno.test("vgg() has study B's layers, each with its shape and number of parameters", () => {
  const model = vgg({ seed: 0 });
  const rows = model.layers
    .filter((layer) => layer.countParams() > 0 || layer.getClassName() === "MaxPooling2D")
    .map((layer) => [layer.getClassName(), layer.outputShape, layer.countParams()]);
  assertEquals(rows, [
    ["Conv2D", [null, 28, 28, 64], 640],
    ["BatchNormalization", [null, 28, 28, 64], 256],
    ["Conv2D", [null, 28, 28, 64], 36_928],
    ["BatchNormalization", [null, 28, 28, 64], 256],
    ["MaxPooling2D", [null, 14, 14, 64], 0],
    ["Conv2D", [null, 14, 14, 128], 73_856],
    ["BatchNormalization", [null, 14, 14, 128], 512],
    ["Conv2D", [null, 14, 14, 128], 147_584],
    ["BatchNormalization", [null, 14, 14, 128], 512],
    ["MaxPooling2D", [null, 7, 7, 128], 0],
    ["Conv2D", [null, 7, 7, 256], 295_168],
    ["BatchNormalization", [null, 7, 7, 256], 1_024],
    ["Conv2D", [null, 7, 7, 256], 590_080],
    ["BatchNormalization", [null, 7, 7, 256], 1_024],
    ["MaxPooling2D", [null, 3, 3, 256], 0],
    ["Dense", [null, 2048], 4_720_640],
    ["BatchNormalization", [null, 2048], 8_192],
    ["Dense", [null, 10], 20_490],
  ]);
  assertEquals(parameterCount(model), {
    total: 5_897_162,
    trainable: 5_891_274,
    nonTrainable: 5_888,
  });
  model.dispose();
});

Deno.test("vgg() normalises between each linear layer and its ReLU, and drops after the pools", () => {
  const model = vgg({ seed: 0 });
  const kinds = model.layers.map((layer) => layer.getClassName());
  const unit = ["Conv2D", "BatchNormalization", "ReLU"];
  const block = [...unit, ...unit, "MaxPooling2D", "Dropout"];
  const head = ["Flatten", "Dense", "BatchNormalization", "ReLU", "Dropout", "Dense"];
  assertEquals(kinds, [...block, ...block, ...block, ...head]);

  const dropouts = model.layers.filter((layer) => layer instanceof Dropout);
  assertEquals(dropouts.map(({ rate }) => rate), [0.25, 0.25, 0.25, 0.5]);
  assertEquals(new Set(dropouts.map(({ seed }) => seed)).size, 4, "dropouts share a seed");

  // Keras's defaults, from the documentation of its BatchNormalization.
  const { momentum, epsilon } = model.getLayer("normalization1").getConfig();
  assertEquals([momentum, epsilon], [0.99, 0.001]);
  model.dispose();
});

Deno.test("vgg() draws the same weights for one seed, others for another", () => {
  const [first, again, other] = [3, 3, 4].map((seed) => {
    const model = vgg({ seed });
    const values = model.getLayer("conv4").getWeights()[0].dataSync();
    model.dispose();
    return values;
  });
  assert(first.every((value, i) => value === again[i]));
  assert(first.every((value, i) => value !== other[i]));
});
