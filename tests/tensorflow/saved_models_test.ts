import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { jit, node } from "../../lib/tensorflow/mod.ts";
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

testOnTensorflow("a saved model is refused within a jit function", async () => {
  const model = await node.loadSavedModel(folder("keras"));
  const shops = tf.zeros([6, 2], "int32");
  const look = jit((images: tf.Tensor) => {
    const outputs = model.predict({ images, shops });
    return outputs instanceof tf.Tensor ? outputs : images;
  });
  assertThrows(() => look(tf.zeros([6, 8, 8, 1])), TypeError, "Cannot record a saved model");
  look.dispose();
  model.dispose();
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

/** Runs one of the signatures of `types` on values. */
async function runTypes(signature: string, values: tf.Tensor) {
  const model = await node.loadSavedModel(folder("types"), ["serve"], signature);
  try {
    const outputs = model.predict({ values });
    assert(!Array.isArray(outputs) && !(outputs instanceof tf.Tensor));
    const { halves, doubles } = outputs;
    assertEquals(halves.dtype, doubles.dtype);
    return {
      dtype: halves.dtype,
      halves: [...halves.dataSync()],
      doubles: [...doubles.dataSync()],
    };
  } finally {
    model.dispose();
  }
}

testOnTensorflow("loadSavedModel() runs signatures of numbers of all widths", async () => {
  const { numTensors } = tf.memory();
  const real = tf.tensor1d([3, -2.5, 0.25]);
  for (const signature of ["float64", "float16", "bfloat16"]) {
    const halves = [1.5, -1.25, 0.125];
    const doubles = [6, -5, 0.5];
    assertEquals(await runTypes(signature, real), { dtype: "float32", halves, doubles });
  }
  const whole = tf.tensor1d([6, 0, 9, 50], "int32");
  for (const signature of ["int8", "int16", "int64", "uint8", "uint16", "uint32", "uint64"]) {
    const expected = { dtype: "int32", halves: [3, 0, 4, 25], doubles: [12, 0, 18, 100] };
    assertEquals(await runTypes(signature, whole), expected);
  }
  const negative = tf.tensor1d([-7], "int32");
  for (const signature of ["int8", "int16", "int64"]) {
    const expected = { dtype: "int32", halves: [-3], doubles: [-14] };
    assertEquals(await runTypes(signature, negative), expected);
  }
  tf.dispose([real, whole, negative]);
  assertEquals(node.getNumOfSavedModels(), 0);
  // The outputs, two of each run, are all that is left.
  assertEquals(tf.memory().numTensors, numTensors + 2 * 13);
});

testOnTensorflow("predict() refuses numbers that a signature's type does not hold", async () => {
  for (
    const [signature, value, dtype] of [
      ["int8", 128, "int32"],
      ["uint8", -1, "int32"],
      ["uint8", 256, "int32"],
      ["int16", -32_769, "int32"],
      ["uint16", 65_536, "int32"],
      ["uint32", -1, "int32"],
      ["uint64", -1, "int32"],
      ["float16", 65_536, "float32"],
    ] as const
  ) {
    await assertRejects(
      () => runTypes(signature, tf.tensor1d([0, value], dtype)),
      RangeError,
      `holds ${value}, and is ${signature} in the model`,
    );
  }
  // Doubled it does not fit 32 bits any more.
  await assertRejects(
    () => runTypes("float64", tf.tensor1d([3e38])),
    RangeError,
    "Cannot read a tensor of float64",
  );
  await assertRejects(
    () => runTypes("uint32", tf.tensor1d([2 ** 31 - 1], "int32")),
    RangeError,
    "Cannot read a tensor of uint32: 4294967294 does not fit 32 bits",
  );
  await assertRejects(
    () => runTypes("float64", tf.tensor1d([1], "int32")),
    TypeError,
    "is int32, expected float32 (in the model float64)",
  );
});

testOnTensorflow(
  "loadSavedModel() refuses a signature of another type, and only that",
  async () => {
    await assertRejects(
      () => node.loadSavedModel(folder("types"), ["serve"], "complex128"),
      TypeError,
      "Cannot load the signature complex128 of the saved model " + folder("types") +
        ": its input z is complex128, its output conjugate is complex128, expected float32, int32, bool, " +
        "complex64, string or numbers that convert to these",
    );
    await assertRejects(
      () => node.loadSavedModel(folder("types"), ["serve"], "float63"),
      RangeError,
      "there are only bfloat16, complex128, float16, float64, int16, int64",
    );
    const [{ tags, signatureDefs }] = await node.getMetaGraphsFromSavedModel(folder("types"));
    assertEquals(tags, ["serve"]);
    assert("float64" in signatureDefs && !("complex128" in signatureDefs));
    const { values } = signatureDefs.float64.inputs;
    assertEquals([values.dtype, values.tfDtype, values.shape], ["float32", "DT_DOUBLE", [-1]]);
  },
);

testOnTensorflow("loadSavedModel() shares a model among its signatures", async () => {
  const models = [];
  for (const signature of ["int8", "float64", "int8"]) {
    models.push(await node.loadSavedModel(folder("types"), ["serve"], signature));
    assertEquals(node.getNumOfSavedModels(), 1);
  }
  for (const [i, model] of models.entries()) {
    const outputs = model.predict({ values: tf.tensor1d([2], i === 1 ? "float32" : "int32") });
    assert(!Array.isArray(outputs) && !(outputs instanceof tf.Tensor));
    assertEquals([...outputs.doubles.dataSync()], [4]);
    model.dispose();
    assertEquals(node.getNumOfSavedModels(), i < 2 ? 1 : 0);
  }
});
