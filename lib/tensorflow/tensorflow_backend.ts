import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import { TensorflowBinding } from "./binding.ts";
import { openTensorflow } from "./c_api.ts";
import type { TensorflowBackend } from "./kernel_backend.ts";
import { findTensorflowLibrary } from "./library.ts";

let registered: TensorflowBackend | undefined;
let opened = false;
let config: Uint8Array<ArrayBuffer> | undefined;

/**
 * Gives TensorFlow's runtime a serialised `ConfigProto` to start with.
 *
 * @throws {RangeError} If it has been started.
 */
export function configureTensorflow(proto: Uint8Array<ArrayBuffer>): void {
  if (opened) {
    throw new RangeError(
      "Cannot configure TensorFlow: it has been started; join a cluster before initBackend()",
    );
  }
  config = proto;
}

/** The `tensorflow` backend, if it is the one in use. */
export function tensorflowBackend(): TensorflowBackend | undefined {
  return tf.getBackend() === "tensorflow" ? registered : undefined;
}

/**
 * Registers the `tensorflow` backend: the kernels of npm:@tensorflow/tfjs-node-gpu over
 * {@linkcode TensorflowBinding}. Only two modules of the package are loaded, and none of
 * them looks for its C++ addon. Returns what was opened, for a message.
 *
 * @throws {Deno.errors.NotFound} If there is no TensorFlow library.
 * @throws {TypeError} If the library cannot be opened.
 */
export async function registerTensorflowBackend(): Promise<string> {
  const path = findTensorflowLibrary();
  const binding = new TensorflowBinding(openTensorflow(path), { config });
  opened = true;
  // The package calls a function that Node 23 and Deno no longer have.
  if (!("isNullOrUndefined" in util)) {
    const isNullOrUndefined = (value: unknown) => value === null || value === undefined;
    Object.assign(util, { isNullOrUndefined });
  }
  const { TensorflowBackend } = await import("./kernel_backend.ts");
  tf.registerBackend("tensorflow", () => registered = new TensorflowBackend(binding), 3);
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  const { registerKernels } = await import("./kernels/mod.ts");
  registerKernels();
  return `TensorFlow ${binding.TF_Version} on ${binding.device}, ${path}`;
}
