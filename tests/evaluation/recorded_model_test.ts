import { assertEquals, assertStrictEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { recordedModel } from "../../lib/evaluation/recorded_model.ts";
import { testOnTensorflow } from "../tensorflow/on_tensorflow.ts";

const values = (output: tf.Tensor) => [...output.dataSync()];

testOnTensorflow("recordedModel() predicts with the model's weights as they are", () => {
  const dense = () => tf.layers.dense({ units: 1, useBias: false, kernelInitializer: "ones" });
  const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [2, 2, 1] }), dense()] });
  const images = tf.ones([3, 2, 2, 1]).as4D(3, 2, 2, 1);
  for (let call = 0; call < 4; call++) {
    assertEquals(values(recordedModel(model)(images)), [4, 4, 4]);
  }
  assertStrictEquals(recordedModel(model), recordedModel(model));

  model.setWeights([tf.fill([4, 1], 2)]);
  assertEquals(values(recordedModel(model)(images)), [8, 8, 8]);

  recordedModel(model).dispose();
  model.dispose();
});
