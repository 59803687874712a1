import { assert, assertEquals } from "@std/assert";
import { getThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import os from "node:os";
import { initBackend } from "../../../lib/tensorflow/mod.ts";
import { withThreads } from "../../../lib/tensorflow/wasm/threads.ts";
import { granted } from "../../permissions.ts";

Deno.test({
  name: "the wasm backend runs a thread for each processor, up to 8",
  ignore: !granted("read", "env"),
  async fn() {
    await initBackend({ backend: "wasm" });
    assertEquals(getThreadsCount(), Math.min(navigator.hardwareConcurrency, 8));
  },
});

Deno.test("withThreads() puts back what it changes, also where the start fails", async () => {
  const { cpus } = os;
  const { Worker } = globalThis;
  for (const start of [() => Promise.resolve(), () => Promise.reject(new Error("no"))]) {
    await withThreads(2, async () => {
      assert(os.cpus !== cpus && globalThis.Worker !== Worker);
      await start();
    }).catch(() => {});
    assert(os.cpus === cpus && globalThis.Worker === Worker);
  }
});

Deno.test("withThreads() leaves workers of others alone", async () => {
  const answer = await withThreads(2, () => {
    const worker = new Worker("data:application/javascript,postMessage(42)", {
      type: "module",
    });
    return new Promise((resolve) => {
      worker.onmessage = ({ data }) => {
        worker.terminate();
        resolve(data);
      };
    });
  });
  assertEquals(answer, 42);
});
