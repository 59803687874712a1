import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { parameterCount, smallCnn } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

Deno.test("smallCnn() has study A's layers and 421,642 parameters", () => {
  const model = smallCnn({ seed: 0 });
  assertEquals(
    model.layers.map((layer) => [layer.name, layer.outputShape, layer.countParams()]),
    [
      ["conv1", [null, 28, 28, 32], 320],
      ["pool1", [null, 14, 14, 32], 0],
      ["conv2", [null, 14, 14, 64], 18_496],
      ["pool2", [null, 7, 7, 64], 0],
      ["flatten", [null, 3136], 0],
      ["dense1", [null, 128], 401_536],
      ["logits", [null, 10], 1_290],
    ],
  );
  assertEquals(parameterCount(model), { total: 421_642, trainable: 421_642, nonTrainable: 0 });
  model.dispose();
});

Deno.test("smallCnn() is linear only at the end: the other layers rectify", () => {
  const model = smallCnn({ seed: 0 });
  const activations = ["conv1", "conv2", "dense1", "logits"].map((name) =>
    model.getLayer(name).getConfig().activation
  );
  assertEquals(activations, ["relu", "relu", "relu", "linear"]);
  model.dispose();
});

Deno.test("smallCnn() draws the same weights for one seed, others for another", () => {
  const [first, again, other] = [0, 0, 1].map((seed) => smallCnn({ seed }));
  for (const name of ["conv1", "conv2", "dense1", "logits"]) {
    const [kernel, same, different] = [first, again, other].map((model) =>
      model.getLayer(name).getWeights()[0].dataSync()
    );
    assert(kernel.every((value, i) => value === same[i]), name);
    assert(kernel.every((value, i) => value !== different[i]), name);
  }
  for (const model of [first, again, other]) model.dispose();
});

Deno.test("smallCnn() disposes all that it made", () => {
  const before = tf.memory().numTensors;
  smallCnn({ seed: 0 }).dispose();
  assertEquals(tf.memory().numTensors, before);
});
