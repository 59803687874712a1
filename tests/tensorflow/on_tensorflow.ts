import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { type BackendName, initBackend } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

/**
 * A test on the tensorflow backend, skipped by name where there is none. It fails if tensors or
 * variables are left.
 */
export function testOnTensorflow(name: string, fn: () => void | Promise<void>): void {
  testOn("tensorflow", { name, ignore: !tensorflowAvailable(), fn });
}

/** The same on the tensorflow backend and on the wasm backend. */
export function testOnBothBackends(
  name: string,
  fn: (backend: BackendName) => void | Promise<void>,
): void {
  testOnTensorflow(`${name}, on tensorflow`, () => fn("tensorflow"));
  testOn("wasm", { name: `${name}, on wasm`, ignore: !granted("read", "env"), fn });
}

function testOn(
  backend: BackendName,
  { name, ignore, fn }: {
    name: string;
    ignore: boolean;
    fn: (backend: BackendName) => void | Promise<void>;
  },
): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      await initBackend({ backend });
      const before = tf.memory().numTensors;
      tf.engine().startScope();
      await fn(backend);
      tf.engine().endScope();
      assertEquals(tf.memory().numTensors, before, "tensors are left");
    },
  });
}
