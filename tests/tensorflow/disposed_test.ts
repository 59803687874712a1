import { assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

for (const backend of ["tensorflow", "wasm"]) {
  Deno.test({
    name: `on ${backend} a disposed tensor is named with the operation and the shapes`,
    ignore: backend === "tensorflow" ? !tensorflowAvailable() : !granted("read", "env"),
    async fn() {
      await initBackend({ backend });
      const [a, b]: [tf.Tensor2D, tf.Tensor2D] = [tf.ones([2, 3]), tf.ones([3, 4])];
      const shared = a.clone();
      a.dispose();
      // The clone holds the values, so that they can still be used.
      tf.dispose(tf.matMul(shared, b));
      shared.dispose();
      assertThrows(
        () => tf.matMul(a, b),
        RangeError,
        "Cannot run BatchMatMul on float32 [2, 3] (disposed), float32 [3, 4]: dispose a tensor",
      );
      assertThrows(() => tf.concat([b, a]), RangeError, "float32 [2, 3] (disposed)");
      assertThrows(
        () => a.dataSync(),
        RangeError,
        "Cannot use a tensor of float32 [2, 3] that was disposed: dispose a tensor",
      );
      b.dispose();
    },
  });
}
