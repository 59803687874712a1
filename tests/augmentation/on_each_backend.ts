import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../tensorflow/on_tensorflow.ts";

/**
 * A test on the backends tensorflow (skipped by name where there is none), wasm and cpu. It fails
 * if tensors or variables are left.
 */
export function testOnEachBackend(name: string, fn: () => void | Promise<void>): void {
  testOnTensorflow(`${name} (tensorflow)`, fn);
  const start = {
    wasm: () => initBackend({ backend: "wasm" }),
    cpu: () => tf.setBackend("cpu"),
  };
  for (const [backend, init] of Object.entries(start)) {
    Deno.test(`${name} (${backend})`, async () => {
      await init();
      const before = tf.memory().numTensors;
      tf.engine().startScope();
      await fn();
      tf.engine().endScope();
      assertEquals(tf.memory().numTensors, before, "tensors are left");
    });
  }
}
