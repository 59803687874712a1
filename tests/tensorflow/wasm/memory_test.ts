import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";

Deno.test({
  name: "the wasm backend names a tensor that is larger than its memory, and goes on",
  ignore: !granted("read", "env"),
  async fn() {
    await initBackend({ backend: "wasm" });
    const [column, row]: [tf.Tensor2D, tf.Tensor2D] = [
      tf.ones([100_000, 1]),
      tf.ones([1, 100_000]),
    ];
    const before = tf.memory().numTensors;
    assertThrows(
      () => tf.tidy(() => tf.matMul(column, row)),
      RangeError,
      "Cannot make a tensor of float32 [1, 100000, 100000]: out of memory, as it takes 38147 MiB",
    );
    assertEquals(tf.memory().numTensors, before);
    assertEquals(tf.tidy(() => tf.sum(column).dataSync()[0]), 100_000);
    tf.dispose([column, row]);
  },
});

Deno.test({
  name: "the wasm backend names the tensor for which no memory was left, and goes on",
  ignore: !granted("read", "env"),
  async fn() {
    await initBackend({ backend: "wasm" });
    const backend = tf.backend();
    assert(backend instanceof BackendWasm);
    const made: tf.TensorInfo[] = [];
    assertThrows(
      () => {
        for (;;) made.push(backend.makeOutput([2 ** 27], "float32"));
      },
      RangeError,
      "Cannot make a tensor of float32 [134217728]: out of memory, as it takes 512 MiB",
    );
    assert(made.length >= 6, `${made.length} of 512 MiB`);
    made.forEach(({ dataId }) => backend.disposeData(dataId));
    assertEquals(tf.tidy(() => tf.add(1, 2).dataSync()[0]), 3);
  },
});
