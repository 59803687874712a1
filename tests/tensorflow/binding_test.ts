import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { TensorflowBinding } from "../../lib/tensorflow/binding.ts";
import { openTensorflow } from "../../lib/tensorflow/c_api.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "../../lib/tensorflow/data_types.ts";
import { findTensorflowLibrary, initBackend } from "../../lib/tensorflow/mod.ts";
import { tensorflowAvailable } from "./available.ts";

const ignore = !tensorflowAvailable();
const open = () => new TensorflowBinding(openTensorflow(findTensorflowLibrary()));
const type = (name: string, value: number) => ({ name, type: ATTRIBUTE_TYPES.type, value });
const flag = (name: string, value: boolean) => ({ name, type: ATTRIBUTE_TYPES.bool, value });

Deno.test({
  name: "TensorflowBinding gives back the values and shapes of every element type",
  ignore,
  fn() {
    const binding = open();
    for (
      const [dtype, values, expected] of [
        [DATA_TYPES.float32, new Float32Array([1.5, -2, 3, Infinity]), undefined],
        [DATA_TYPES.int32, new Int32Array([1, -2, 2 ** 31 - 1, 0]), undefined],
        [DATA_TYPES.uint8, new Uint8Array([0, 1, 254, 255]), undefined],
        [DATA_TYPES.bool, new Uint8Array([0, 1, 1, 0]), undefined],
        [DATA_TYPES.complex64, new Float32Array([1, 2, 3, 4, 5, 6, 7, 8]), undefined],
        [
          DATA_TYPES.int64,
          new Int32Array([1, 0, -2, -1, 3, 0, 4, 0]),
          new Int32Array([1, -2, 3, 4]),
        ],
      ] as const
    ) {
      const id = binding.createTensor([2, 2], dtype, values);
      assertEquals(binding.tensorDataSync(id), expected ?? values);
      binding.deleteTensor(id);
    }
    const empty = binding.createTensor([0, 3], DATA_TYPES.float32, new Float32Array());
    assertEquals(binding.tensorDataSync(empty), new Float32Array());
    binding.deleteTensor(empty);
    assertEquals(binding.getNumOfTensors(), 0);
  },
});

Deno.test({
  name:
    "TensorflowBinding.executeOp() sets type, boolean, integer, list, shape and string attributes",
  ignore,
  fn() {
    const binding = open();
    // One 3x3 image of one channel, convolved with a 2x2 kernel of ones: sums of four.
    const image = binding.createTensor([1, 3, 3, 1], DATA_TYPES.float32, [
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9,
    ]);
    const kernel = binding.createTensor([2, 2, 1, 1], DATA_TYPES.float32, [1, 1, 1, 1]);
    const [sums] = binding.executeOp(
      "Conv2D",
      [
        type("T", DATA_TYPES.float32),
        { name: "strides", type: ATTRIBUTE_TYPES.int, value: [1, 1, 1, 1] },
        { name: "padding", type: ATTRIBUTE_TYPES.string, value: "VALID" },
      ],
      [image, kernel],
      1,
    );
    assertEquals(sums.shape, [1, 2, 2, 1]);
    assertEquals(sums.dtype, DATA_TYPES.float32);
    assertEquals(Array.from(binding.tensorDataSync(sums.id)), [12, 16, 24, 28]);

    const [placeholder] = binding.executeOp(
      "PlaceholderWithDefault",
      [
        type("dtype", DATA_TYPES.float32),
        { name: "shape", type: ATTRIBUTE_TYPES.shape, value: [2, 2, 1, 1] },
      ],
      [kernel],
      1,
    );
    assertEquals(placeholder.shape, [2, 2, 1, 1]);

    const [elu] = binding.executeOp(
      "LeakyRelu",
      [
        type("T", DATA_TYPES.float32),
        { name: "alpha", type: ATTRIBUTE_TYPES.float, value: 0.5 },
      ],
      [binding.createTensor([2], DATA_TYPES.float32, [-1, 2])],
      1,
    );
    assertEquals(Array.from(binding.tensorDataSync(elu.id)), [-0.5, 2]);
  },
});

Deno.test({
  name: "TensorflowBinding.executeOp() names the operation, the shapes and TensorFlow's reason",
  ignore,
  fn() {
    const binding = open();
    const a = binding.createTensor([2, 3], DATA_TYPES.float32, new Float32Array(6));
    const b = binding.createTensor([4, 5], DATA_TYPES.int32, new Int32Array(20));
    const c = binding.createTensor([4, 5], DATA_TYPES.float32, new Float32Array(20));
    const transposes = [flag("transpose_a", false), flag("transpose_b", false)];
    const message = assertThrows(
      () => binding.executeOp("MatMul", [...transposes, type("T", DATA_TYPES.float32)], [a, c], 1),
      RangeError,
      "Cannot run MatMul on float32 [2, 3], float32 [4, 5]: Matrix size-incompatible",
    ).message;
    assert(message.endsWith("(INVALID_ARGUMENT)"), message);
    assertThrows(
      () => binding.executeOp("MatMul", transposes, [a, b], 1),
      RangeError,
      "float32 [2, 3], int32 [4, 5]",
    );
    assertThrows(() => binding.executeOp("NoSuchOp", [], [], 1), TypeError, "Cannot run NoSuchOp");
    assertThrows(
      () => binding.executeOp("MatMul", [{ name: "T", type: 99, value: 1 }], [a, c], 1),
      TypeError,
      "Cannot set the attribute T",
    );
    assertEquals(binding.getNumOfTensors(), 3, "a failed operation leaves no tensor");
  },
});

Deno.test({
  name: "TensorflowBinding refuses wrong lengths, large numbers, unknown tensors and saved models",
  ignore,
  fn() {
    const binding = open();
    assertThrows(
      () => binding.createTensor([2, 2], DATA_TYPES.float32, new Float32Array(3)),
      RangeError,
      "Cannot create a tensor of float32 [2, 2]: received 12 bytes, expected 16",
    );
    const id = binding.createTensor([], DATA_TYPES.float32, 1);
    binding.deleteTensor(id);
    assertThrows(() => binding.tensorDataSync(id), RangeError, `Cannot read tensor ${id}`);
    assertThrows(() => binding.deleteTensor(id), RangeError, `Cannot delete tensor ${id}`);
    assertThrows(() => binding.executeOp("Relu", [], [id], 1), RangeError, "Cannot run Relu on");
    const large = binding.createTensor([1], DATA_TYPES.int64, new Int32Array([0, 1]));
    assertThrows(
      () => binding.tensorDataSync(large),
      RangeError,
      "Cannot read a tensor of int64: 4294967296 does not fit 32 bits",
    );
    assertThrows(() => binding.deleteSavedModel(7), RangeError, "Cannot delete saved model 7");
  },
});

Deno.test({
  name: "the tensorflow backend computes a gradient step as by hand and returns every tensor",
  ignore,
  async fn() {
    await initBackend({ backend: "tensorflow" });
    const before = tf.memory().numTensors;
    const weights = tf.tidy(() => tf.variable(tf.tensor2d([[1], [2]])));
    const optimizer = tf.train.sgd(0.1);
    // loss = mean((x·w − y)²): residuals 4 and 9, gradient mean(2·r·x) = [31, 44].
    const loss = optimizer.minimize(() => {
      const residuals = tf.tensor2d([[1, 2], [3, 4]]).matMul(weights).sub([[1], [2]]);
      return tf.mean(residuals.square());
    }, true);
    assertAlmostEquals(loss?.dataSync()[0] ?? NaN, (16 + 81) / 2, 1e-5);
    const [first, second] = weights.dataSync();
    assertAlmostEquals(first, 1 - 0.1 * 31, 1e-5);
    assertAlmostEquals(second, 2 - 0.1 * 44, 1e-5);
    tf.dispose([loss ?? [], weights]);
    optimizer.dispose();
    assertEquals(tf.memory().numTensors, before);
  },
});
