import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

Deno.test("initBackend() names the backends there are when asked for another", async () => {
  await assertRejects(
    () => initBackend({ backend: "cuda" }),
    RangeError,
    'Cannot use the backend "cuda": there are tensorflow, webgpu, wasm',
  );
});

Deno.test({
  name: "initBackend() starts WebAssembly on request, and it multiplies",
  ignore: !granted("read", "env"),
  async fn() {
    const { name, description, passedOver } = await initBackend({ backend: "wasm" });
    assertEquals([name, tf.getBackend(), passedOver], ["wasm", "wasm", null]);
    assertStringIncludes(description, "tfjs-backend-wasm 4.22.0");
    assertEquals(tf.tidy(() => tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]), 11);
  },
});

Deno.test({
  name: "initBackend() prefers TensorFlow, and switches back after another was in use",
  // A choice by BACKEND would be kept.
  ignore: !tensorflowAvailable() || Boolean(Deno.env.get("BACKEND")),
  async fn() {
    await initBackend({ backend: "wasm" });
    const { name, description } = await initBackend();
    assertEquals([name, tf.getBackend()], ["tensorflow", "tensorflow"]);
    assert(/^TensorFlow \d+\.\d+/.test(description), description);
  },
});

Deno.test({
  name: "initBackend() falls back to WebAssembly and says why",
  ignore: !granted("read", "env", "run"),
  async fn() {
    // A process of its own: in this one the library may have been opened already.
    const code = `import { initBackend } from "./lib/tensorflow/mod.ts";
      console.log(JSON.stringify(await initBackend()));`;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      env: { TENSORFLOW_LIBRARY: "/nowhere", BACKEND: "" },
    }).output();
    const chosen = JSON.parse(new TextDecoder().decode(stdout) || "{}");
    assertEquals(chosen.name, "wasm", new TextDecoder().decode(stderr));
    assertStringIncludes(chosen.passedOver, "TENSORFLOW_LIBRARY names /nowhere");
  },
});
