import * as tf from "@tensorflow/tfjs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { registerPoolGradients } from "../pool_gradients.ts";
import { registerHostKernels } from "../host_kernels.ts";
import { registerConvolutionGradients } from "./convolution.ts";
import { registerFused } from "./fused.ts";
import { wasmHostCases } from "./host_cases.ts";
import { registerCumulative } from "../cumulative.ts";
import { registerEmptyReductions } from "../empty_reductions.ts";
import { registerExactPadding } from "./exact_padding.ts";
import { registerIdentity } from "./identity.ts";
import { guardMemory } from "./memory.ts";
import { registerPools } from "./pools.ts";
import { registerRelu6 } from "./relu6.ts";
import { registerSamePadding3D } from "./same_padding_3d.ts";
import { registerSum } from "./sum.ts";
import { registerBatchBroadcast, registerMatMul } from "./mat_mul.ts";
import { registerReflectingTransform } from "./transform.ts";
import { withThreads } from "./threads.ts";

/**
 * Registers the `wasm` backend of npm:@tensorflow/tfjs-backend-wasm, whose .wasm files are read
 * from the package, with what the other files of this folder add. It needs nothing but npm.
 */
export async function registerWasmBackend(threads: number): Promise<string> {
  const { BackendWasm, setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  const module = fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm"));
  setWasmPaths(join(dirname(module), "/"));
  const start = tf.findBackendFactory("wasm");
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", async () => {
    const backend = await withThreads(threads, async () => await start());
    if (backend instanceof BackendWasm) guardMemory(backend);
    return backend;
  }, 2);
  registerExactPadding();
  registerConvolutionGradients();
  registerMatMul();
  registerFused();
  registerPools();
  registerPoolGradients("wasm");
  registerSum();
  registerCumulative("wasm");
  registerIdentity();
  registerRelu6();
  registerHostKernels("wasm", wasmHostCases());
  registerEmptyReductions("wasm");
  registerSamePadding3D();
  registerBatchBroadcast();
  registerReflectingTransform();
  return `WebAssembly, tfjs-backend-wasm ${version_wasm}`;
}
