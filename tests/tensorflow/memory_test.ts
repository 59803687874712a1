import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

/** MiB by which the process has grown while `run` ran many times, after it had run some. */
function growth(run: () => void, times: number): number {
  for (let i = 0; i < times / 10; i++) run();
  const before = Deno.memoryUsage().rss;
  for (let i = 0; i < times; i++) run();
  return (Deno.memoryUsage().rss - before) / 2 ** 20;
}

for (const backend of ["tensorflow", "wasm"]) {
  const ignore = backend === "tensorflow" ? !tensorflowAvailable() : !granted("read", "env");

  Deno.test({
    name: `the ${backend} backend keeps no memory of 100,000 operations`,
    ignore,
    async fn() {
      await initBackend({ backend });
      const before = tf.memory().numTensors;
      const x = tf.ones([32]);
      const grown = growth(() => tf.add(x, x).dispose(), 100_000);
      x.dispose();
      assert(grown < 50, `grew by ${grown} MiB`);
      assertEquals(tf.memory().numTensors, before);
    },
  });

  Deno.test({
    name: `the ${backend} backend keeps no memory of 10,000 tensors of 1 MB that were disposed`,
    ignore,
    async fn() {
      await initBackend({ backend });
      const values = new Float32Array(2 ** 18).fill(1);
      const make = () => tf.tidy(() => void tf.neg(tf.tensor1d(values)).dataSync());
      const grown = growth(make, 10_000);
      assert(grown < 200, `grew by ${grown} MiB`);
    },
  });
}
