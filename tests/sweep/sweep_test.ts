import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { replaceKernel } from "../../lib/tensorflow/replace_kernel.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { OPERATIONS } from "./operations/mod.ts";
import { sweep } from "./sweep.ts";

const ignore = !granted("read", "env") || !tensorflowAvailable();

async function start(): Promise<void> {
  for (const backend of ["tensorflow", "wasm"]) await initBackend({ backend });
}

for (const [backend, judge] of [["wasm", "tensorflow"], ["tensorflow", "wasm"]]) {
  Deno.test({
    name: `sweep() finds no wrong kernel on ${backend} in a few cases of each operation`,
    ignore,
    async fn() {
      await start();
      const { cases, findings } = sweep(backend, { cases: 4, seed: "test", judge });
      assertEquals(cases, 4 * Object.keys(OPERATIONS).length);
      assertEquals(findings.filter(({ kind }) => kind === "wrong"), []);
      await tf.setBackend("cpu");
    },
  });
}

/** What the sweep does not call: of text, of complex and random numbers, and of ragged tensors. */
const UNREACHED = [
  "BroadcastArgs Complex ComplexAbs Draw FFT IFFT Imag LogicalXor Multinomial RaggedGather",
  "RaggedRange RaggedTensorToTensor Real StaticRegexReplace StringNGrams StringSplit",
  "StringToHashBucketFast",
].join(" ").split(" ");

Deno.test({
  name: "sweep() reaches each kernel of wasm but those that are listed",
  ignore,
  async fn() {
    await start();
    const kernels = tf.getKernelsForBackend("wasm");
    const reached = new Set<string>();
    for (const { kernelName } of kernels) {
      replaceKernel(kernelName, "wasm", (call, plain) => {
        reached.add(kernelName);
        return plain(call);
      });
    }
    sweep("wasm", { cases: 5, seed: "cov" });
    for (const kernel of kernels) {
      tf.unregisterKernel(kernel.kernelName, "wasm");
      tf.registerKernel(kernel);
    }
    const names = kernels.map(({ kernelName }) => kernelName);
    assertEquals(names.filter((name) => !reached.has(name)).sort(), UNREACHED);
  },
});

/** Registers a kernel that spoils the package's output for a while. */
function spoiled(kernel: string, spoil: (output: tf.TensorInfo) => tf.TensorInfo) {
  const own = tf.getKernel(kernel, "wasm");
  replaceKernel(kernel, "wasm", (call, plain) => {
    const output = plain(call);
    return Array.isArray(output) ? output : spoil(output);
  });
  return {
    [Symbol.dispose]() {
      tf.unregisterKernel(kernel, "wasm");
      tf.registerKernel(own);
    },
  };
}

Deno.test({
  name: "sweep() finds a wrong number, memory that stays unwritten, and memory that is kept",
  ignore,
  async fn() {
    await start();
    const backend = tf.backend();
    const wrong = () =>
      sweep("wasm", { cases: 20, only: ["exp"] }).findings.map(({ what }) => what).join("\n");
    const write = (values: Float32Array, { shape }: tf.TensorInfo): tf.TensorInfo => ({
      dataId: backend.write(values, shape, "float32"),
      shape,
      dtype: "float32",
    });
    {
      using _ = spoiled("Exp", (output) => {
        const values = Float32Array.from(backend.readSync(output.dataId), Number);
        backend.disposeData(output.dataId);
        values[0] += 0.25;
        return write(values, output);
      });
      assert(wrong().includes("number 0 is"));
    }
    {
      using _ = spoiled("Exp", (output) => {
        write(new Float32Array(1), { ...output, shape: [1] });
        return output;
      });
      assert(wrong().includes("keeps"));
    }
    assertEquals(wrong(), "");
  },
});

Deno.test({
  name: "sweep() finds a gradient that is not its operation's slope",
  ignore,
  async fn() {
    await start();
    const own = tf.getGradient("Tanh");
    tf.registerGradient({
      ...own,
      gradFunc: (dy) => ({ x: () => Array.isArray(dy) ? dy[0].clone() : dy.clone() }),
    });
    const { findings } = sweep("wasm", { cases: 10, only: ["tanh"] });
    tf.registerGradient(own);
    assert(findings.some(({ what }) => what.includes("its gradients say a slope of")));
    assertEquals(sweep("wasm", { cases: 10, only: ["tanh"] }).findings, []);
  },
});
