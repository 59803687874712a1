import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";

/** A test on the wasm backend. It fails if tensors, or entries of the backend's memory, are left. */
export function testOnWasm(name: string, fn: () => void | Promise<void>): void {
  Deno.test({
    name,
    ignore: !granted("read", "env"),
    async fn() {
      await initBackend({ backend: "wasm" });
      const kept = () => [tf.memory().numTensors, tf.backend().numDataIds()];
      const before = kept();
      tf.engine().startScope();
      await fn();
      tf.engine().endScope();
      assertEquals(kept(), before, "tensors are left");
    },
  });
}

/** A tensor's numbers. */
export function numbers(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync<"float32">(), Number);
}
