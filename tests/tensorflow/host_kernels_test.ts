import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { runOnHost } from "../../lib/tensorflow/host_kernels.ts";
import { initBackend, jit } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

/** Calls that each backend has to compute on the host, in one case or in all. */
const CALLS: Record<string, () => tf.Tensor> = {
  "no such kernel": () => tf.denseBincount(tf.tensor1d([1, 1, 3], "int32"), tf.ones([3]), 4),
  "a list of tensors": () =>
    tf.raggedTensorToTensor(
      tf.tensor1d([2, 3], "int32"),
      tf.tensor1d([1, 2, 3], "int32"),
      tf.scalar(9, "int32"),
      [tf.tensor1d([0, 1, 3], "int32")],
      ["ROW_SPLITS"],
    ),
  "padding by numbers": () =>
    tf.avgPool(tf.range(0, 16).as4D(1, 4, 4, 1), 3, 2, [[0, 0], [1, 1], [2, 0], [0, 0]]),
  "the mean of whole numbers": () => tf.mean(tf.tensor1d([1, 2, 6], "int32")),
  "whole numbers rounded": () => tf.round(tf.tensor1d([-7, 12345678], "int32")),
  "strings compared": () => tf.less(tf.tensor1d(["b", "a"]), tf.tensor1d(["a", "b"])),
  "a clip of NaN": () => tf.clipByValue(tf.tensor1d([NaN, 3]), 0, 1),
  "a cast to bool": () => tf.cast(tf.tensor1d([0, 3]), "bool"),
  "products of whole numbers": () => tf.matMul(tf.ones([1, 2], "int32"), tf.ones([2, 1], "int32")),
};

for (const backend of ["tensorflow", "wasm"]) {
  Deno.test({
    name: `registerHostKernels() makes ${backend} compute what the cpu backend computes`,
    ignore: backend === "tensorflow" ? !tensorflowAvailable() : !granted("read", "env"),
    async fn(t) {
      for (const [name, call] of Object.entries(CALLS)) {
        await t.step(name, async () => {
          await tf.setBackend("cpu");
          const read = () =>
            tf.tidy(() => {
              const { shape, dtype, ...tensor } = call();
              return { shape, dtype, values: [...tf.backend().readSync(tensor.dataId)] };
            });
          const expected = read();
          const host = tf.findBackend("cpu");
          const held = host.numDataIds();
          await initBackend({ backend });
          const before = tf.memory().numTensors;
          assertEquals(read(), expected);
          assertEquals([tf.memory().numTensors, host.numDataIds()], [before, held]);
        });
      }
    },
  });
}

Deno.test({
  name: "wasm refuses to slice beyond a tensor",
  ignore: !granted("read", "env"),
  async fn() {
    await initBackend({ backend: "wasm" });
    const x = tf.ones<tf.Rank.R2>([2, 2]);
    assertThrows(() => tf.slice(x, [1, 0], [2, 2]), Error, "slice");
    x.dispose();
  },
});

testOnTensorflow("jit() refuses what is computed on the host", () => {
  const round = jit((x: tf.Tensor1D) => tf.round(x));
  const x = tf.tensor1d([1, 2], "int32");
  assertThrows(() => round(x), TypeError, "on the host");
});

testOnTensorflow("runOnHost() refuses a filter that fits nowhere, and the process goes on", () => {
  const inputs = { x: tf.ones([1, 1, 1, 1]), filter: tf.ones([5, 5, 1, 1]) };
  const attrs = { strides: [1, 1], dilations: [1, 1], pad: "valid", dataFormat: "NHWC" };
  assertThrows(
    () => runOnHost("Conv2D", { inputs, attrs, backend: tf.backend() }),
    RangeError,
    "Cannot run Conv2D: its output would have the shape [1,-3,-3,1]",
  );
});
