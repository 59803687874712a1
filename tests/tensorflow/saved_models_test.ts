import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { node } from "../../lib/tensorflow/mod.ts";
import computed from "./saved_model/computed.json" with { type: "json" };
import { testOnTensorflow } from "./on_tensorflow.ts";

const folder = (name: string) => fileURLToPath(new URL(`saved_model/${name}`, import.meta.url));

testOnTensorflow("loadSavedModel() runs Keras's network and gives what Keras gave", async () => {
  const model = await node.loadSavedModel(folder("keras"));
  assertEquals(node.getNumOfSavedModels(), 1);
  const outputs = model.predict({
    images: tf.tensor4d(computed.images, [6, 8, 8, 1]),
    shops: tf.tensor2d(computed.shops, [6, 2], "int32"),
  });
  assert(!Array.isArray(outputs) && !(outputs instanceof tf.Tensor));
  const { probabilities, score } = outputs;
  assertEquals([probabilities.shape, score.shape], [[6, 3], [6, 1]]);
  for (
    const [tensor, expected] of [[probabilities, computed.probabilities], [score, computed.score]]
  ) {
    assert(tensor instanceof tf.Tensor && Array.isArray(expected));
    const values = tensor.dataSync();
    const differences = expected.map((value, i) => Math.abs(value - values[i]));
    assert(Math.max(...differences) < 1e-5, `differs by ${Math.max(...differences)}`);
  }
  model.dispose();
  assertEquals(node.getNumOfSavedModels(), 0);
});

testOnTensorflow(
  "loadSavedModel() runs a model of words and whole numbers of 64 bits",
  async () => {
    const model = await node.loadSavedModel(folder("words"));
    const outputs = model.predict({
      words: tf.tensor1d(["shirt", "", "Tasche für 中"]),
      factors: tf.tensor1d([2, -3, -1], "int32"),
    });
    assert(!Array.isArray(outputs) && !(outputs instanceof tf.Tensor));
    assertEquals([...outputs.upper.dataSync()], ["SHIRT", "", "TASCHE FüR 中"]);
    const lengths = tf.add(outputs.lengths, 1);
    assertEquals([...lengths.dataSync()], [11, 1, -14]);
    model.dispose();
  },
);

testOnTensorflow("loadSavedModel() and predict() name what is missing or wrong", async () => {
  await assertRejects(() => node.loadSavedModel("/nowhere"), Error, "/nowhere");
  await assertRejects(() => node.loadSavedModel(folder("keras"), ["train"]), Error, "train");
  const model = await node.loadSavedModel(folder("keras"));
  const shops = tf.zeros([1, 2], "int32");
  await assertRejects(
    async () => await model.predict({ images: tf.zeros([1, 16, 16, 1]), shops }),
    RangeError,
    "Cannot run the saved model",
  );
  await assertRejects(
    async () => await model.predict([shops]),
    RangeError,
    "received 1 tensors for its 2 inputs",
  );
  model.dispose();
  await assertRejects(async () => await model.predict([shops]), Error, "deleted");
});
