import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { registerConvolutionGradients } from "./wasm_convolution.ts";

/**
 * Registers the `wasm` backend of npm:@tensorflow/tfjs-backend-wasm, whose .wasm files are
 * read from the package. It needs nothing but npm. Convolutions get gradients as convolutions.
 */
export async function registerWasmBackend(): Promise<string> {
  const { setWasmPaths, version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  const module = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(module), "/"));
  registerConvolutionGradients();
  return `WebAssembly, tfjs-backend-wasm ${version_wasm}`;
}
