import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { tensorflowAvailable } from "./available.ts";

/**
 * A test on the tensorflow backend, skipped by name where there is none. It fails if tensors or
 * variables are left.
 */
export function testOnTensorflow(name: string, fn: () => void | Promise<void>): void {
  Deno.test({
    name,
    ignore: !tensorflowAvailable(),
    async fn() {
      await initBackend({ backend: "tensorflow" });
      const before = tf.memory().numTensors;
      tf.engine().startScope();
      await fn();
      tf.engine().endScope();
      assertEquals(tf.memory().numTensors, before, "tensors are left");
    },
  });
}
