import { assert, assertEquals, assertRejects } from "@std/assert";
import { DISPLAY, METADATA } from "../../lib/figures/mod.ts";
import {
  cureKernel,
  isKernel,
  keepOutputs,
  type KernelInternals,
} from "../../lib/notebook/kernel.ts";
import { withFakeKernel } from "./fake_kernel.ts";

/** Internals that remember with what they were called, and when they were done. */
function fakeInternals() {
  const calls: unknown[][] = [];
  let done = NaN;
  const internals = {
    async broadcastResult(...args: unknown[]) {
      calls.push(args);
      await new Promise((resolve) => setTimeout(resolve, 5));
      done = performance.now();
    },
  };
  return { internals, calls, sinceDone: () => performance.now() - done };
}

Deno.test("isKernel() tells the kernel from other programs", async () => {
  assertEquals(isKernel(), false);
  await withFakeKernel(() => assertEquals(isKernel(), true));
  assertEquals(isKernel(), false);
});

Deno.test("cureKernel() does nothing outside of the kernel", () => {
  const listen = globalThis.addEventListener;
  let listeners = 0;
  globalThis.addEventListener = () => void listeners++;
  try {
    cureKernel();
  } finally {
    globalThis.addEventListener = listen;
  }
  assertEquals(listeners, 0);
});

Deno.test("keepOutputs() passes values on and waits 40 ms longer than the kernel", async () => {
  const { internals, calls, sinceDone } = fakeInternals();
  keepOutputs(internals);
  const plain = { [DISPLAY]: () => ({ "text/plain": "" }) };
  for (const value of [undefined, null, 7, "text", plain]) {
    await internals.broadcastResult(3, value);
    // Timers may be early by less than a millisecond.
    assert(sinceDone() >= 39, `${sinceDone()} ms`);
  }
  assertEquals(calls, [[3, undefined], [3, null], [3, 7], [3, "text"], [3, plain]]);
});

Deno.test("keepOutputs() shows a value with metadata itself, and waits", () =>
  withFakeKernel(async (messages) => {
    const { internals, calls } = fakeInternals();
    keepOutputs(internals);
    const metadata = { "image/png": { width: 10 } };
    const started = performance.now();
    await internals.broadcastResult(4, {
      [METADATA]: metadata,
      [DISPLAY]: () => ({ "text/plain": "a figure" }),
    });
    assert(performance.now() - started >= 39);
    assertEquals(calls, []);
    assertEquals(messages, [{
      type: "execute_result",
      content: {
        execution_count: 4,
        data: { "text/plain": "a figure" },
        metadata,
        transient: {},
      },
    }]);
  }));

Deno.test("keepOutputs() leaves a value that cannot show itself to the kernel, which reports it", () =>
  withFakeKernel(async (messages) => {
    const { internals, calls } = fakeInternals();
    keepOutputs(internals);
    const broken = {
      [METADATA]: {},
      [DISPLAY]: () => {
        throw new RangeError("Cannot draw");
      },
    };
    await internals.broadcastResult(5, broken);
    assertEquals([calls, messages], [[[5, broken]], []]);
  }));

Deno.test("keepOutputs() passes the kernel's own failure on", async () => {
  const internals = { broadcastResult: () => Promise.reject(new TypeError("gone")) };
  keepOutputs(internals);
  const broadcast: KernelInternals["broadcastResult"] = internals.broadcastResult;
  await assertRejects(async () => await broadcast?.(1, 2), TypeError, "gone");
});

Deno.test("keepOutputs() leaves internals without the function as they are", () => {
  const internals: KernelInternals = {};
  keepOutputs(internals);
  assertEquals(internals, {});
});
