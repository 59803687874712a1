import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { TensorflowBinding } from "../../lib/tensorflow/binding.ts";
import { openTensorflow } from "../../lib/tensorflow/c_api.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "../../lib/tensorflow/data_types.ts";
import { findTensorflowLibrary, jit } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

const STRINGS = ["", "a", "of 22 bytes, inlined ..", "a".repeat(1_000), "Größe 中", "\0nul\0"];

testOnTensorflow("string tensors give back their text, of any length", () => {
  const tensor = tf.tensor2d(STRINGS, [2, 3]);
  // Through TensorFlow and back: what is read at once never got there.
  const twice = tf.concat([tensor, tensor]).slice([1, 0], [2, 3]);
  assertEquals(twice.dataSync<"string">(), [...STRINGS.slice(3), ...STRINGS.slice(0, 3)]);
  assertEquals(tf.tensor([], [0, 2], "string").concat(tensor.slice([0, 0], [2, 2])).shape, [2, 2]);
});

testOnTensorflow("string tensors hold bytes that are no text", () => {
  const binding = new TensorflowBinding(openTensorflow(findTensorflowLibrary()));
  const bytes = [Uint8Array.from({ length: 300 }, (_, i) => i % 256), Uint8Array.of()];
  const id = binding.createTensor([2], DATA_TYPES.string, bytes);
  const type = { name: "T", type: ATTRIBUTE_TYPES.type, value: DATA_TYPES.string };
  const [copy] = binding.executeOp("Identity", [type], [id], 1);
  binding.deleteTensor(id);
  const read: unknown = binding.tensorDataSync(copy.id);
  assertEquals(read, bytes);
  binding.deleteTensor(copy.id);
  assertThrows(
    () => binding.createTensor([3], DATA_TYPES.string, bytes),
    RangeError,
    "Cannot create a tensor of string [3]: received 2 strings",
  );
  assertEquals(binding.getNumOfTensors(), 0);
});

testOnTensorflow("string tensors of 1 GB in all leave no memory taken", () => {
  const text = "x".repeat(1_000_000);
  const fill = () =>
    tf.tidy(() => void tf.concat([tf.tensor1d([text]), tf.tensor1d([text])]).dataSync());
  for (let i = 0; i < 50; i++) fill();
  const before = Deno.memoryUsage().rss;
  for (let i = 0; i < 500; i++) fill();
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  assert(grown < 200, `grew by ${grown} MiB`);
});

testOnTensorflow("jit() refuses a string that it would have to keep", () => {
  const count = jit(() => tf.sum(tf.cast(tf.equal(tf.tensor1d(["a", "b"]), "a"), "int32")));
  assertThrows(count, TypeError, "it takes a tensor of string, which a recording cannot keep");
});
