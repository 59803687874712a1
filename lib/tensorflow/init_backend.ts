import * as tf from "@tensorflow/tfjs";
import { nodeFileSystemRouter } from "@tensorflow/tfjs-node-gpu/dist/io/file_system.js";
import { registerCumulative } from "./cumulative.ts";
import { registerEmptyReductions } from "./empty_reductions.ts";
import { refuseDisposedTensors } from "./disposed.ts";
import { registerGradients } from "./gradients.ts";
import { registerPoolGradients } from "./pool_gradients.ts";
import { registerResizeGradients } from "./resize_gradients.ts";
import { registerTensorflowBackend } from "./tensorflow_backend.ts";
import { registerWasmBackend } from "./wasm/mod.ts";
import { registerWebgpuBackend } from "./webgpu_backend.ts";

const REGISTER = {
  tensorflow: registerTensorflowBackend,
  webgpu: registerWebgpuBackend,
  wasm: registerWasmBackend,
};

/** The name of a backend. */
export type BackendName = keyof typeof REGISTER;

/** The backend that {@linkcode initBackend} chose. */
export interface Backend {
  name: BackendName;
  /** What it runs on, such as `TensorFlow 2.21.0 on CPU:0, .venv/…/libtensorflow_cc.so.2`. */
  description: string;
  /** Why a faster one was passed over; `null` where none was. */
  passedOver: string | null;
}

/**
 * Makes a backend of TensorFlow.js ready and says which and why. Models are then loaded and saved
 * by `file://` addresses, too.
 *
 * Without a choice, TensorFlow serves where its library is found (see
 * {@linkcode findTensorflowLibrary}), else WebAssembly. A choice, by `backend` or else by
 * the environment variable `BACKEND`, is kept: if it cannot be had, that is an error.
 * `webgpu` serves by choice only. `threads` is how many the `wasm` backend runs, up to 8, from its
 * first start on; one for each processor if not given.
 *
 * @throws {RangeError} If there is no backend of that name.
 * @throws {Error} If the chosen backend cannot be started.
 *
 * @example
 * ```ts ignore
 * import * as tf from "@tensorflow/tfjs";
 * import { initBackend } from "./mod.ts";
 *
 * const { name, description } = await initBackend();
 * console.log(`${name}: ${description}`);
 * tf.matMul([[1, 2]], [[3], [4]]).print();
 * ```
 */
export async function initBackend(
  { backend = chosenByEnvironment(), threads = navigator.hardwareConcurrency }: {
    backend?: string;
    threads?: number;
  } = {},
): Promise<Backend> {
  if (backend !== undefined) {
    if (!isBackendName(backend)) {
      const known = Object.keys(REGISTER).join(", ");
      throw new RangeError(`Cannot use the backend "${backend}": there are ${known}`);
    }
    return { name: backend, description: await start(backend, threads), passedOver: null };
  }
  try {
    return {
      name: "tensorflow",
      description: await start("tensorflow", threads),
      passedOver: null,
    };
  } catch (error) {
    const passedOver = error instanceof Error ? error.message : String(error);
    return { name: "wasm", description: await start("wasm", threads), passedOver };
  }
}

const started = new Map<BackendName, Promise<string>>();

async function start(name: BackendName, threads: number): Promise<string> {
  prepareOnce();
  let registered = started.get(name);
  if (registered === undefined) started.set(name, registered = REGISTER[name](threads));
  try {
    const description = await registered;
    if (!await tf.setBackend(name)) throw new Error(`Cannot start the backend ${name}`);
    return description;
  } catch (error) {
    started.delete(name);
    throw error;
  }
}

let prepared = false;

/** What all backends share. */
function prepareOnce(): void {
  if (prepared) return;
  prepared = true;
  refuseDisposedTensors();
  registerGradients();
  // The host, on which other backends compute what they lack.
  registerPoolGradients("cpu");
  registerResizeGradients();
  registerCumulative("cpu");
  registerEmptyReductions("cpu");
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}

function isBackendName(name: string): name is BackendName {
  return Object.hasOwn(REGISTER, name);
}

function chosenByEnvironment(): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "BACKEND" });
  return state === "granted" ? Deno.env.get("BACKEND") || undefined : undefined;
}
