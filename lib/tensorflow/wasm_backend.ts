import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { registerHostKernels } from "./host_kernels.ts";
import { registerConvolutionGradients } from "./wasm_convolution.ts";
import { WASM_HOST_CASES } from "./wasm_host_cases.ts";
import { registerIdentity } from "./wasm_identity.ts";
import { registerTransposedMatMul } from "./wasm_mat_mul.ts";

/**
 * Registers the `wasm` backend of npm:@tensorflow/tfjs-backend-wasm, whose .wasm files are
 * read from the package. It needs nothing but npm. Convolutions get
 * gradients as convolutions, and transposed products are fast.
 */
export async function registerWasmBackend(): Promise<string> {
  const { setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  const module = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(module), "/"));
  registerConvolutionGradients();
  registerTransposedMatMul();
  registerIdentity();
  registerHostKernels("wasm", WASM_HOST_CASES);
  return `WebAssembly, tfjs-backend-wasm ${version_wasm}`;
}
