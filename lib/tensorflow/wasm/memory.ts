import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** What 32 bits address. */
const MEMORY = 2 ** 32;

/**
 * Makes the backend say when memory runs out. Its package takes no notice, and computes on with
 * whatever lies at address 0.
 */
export function guardMemory(backend: BackendWasm): void {
  const { wasm } = backend;
  if (!isAllocator(wasm)) return;
  wasm._malloc(0); // The first call puts the function itself in place of a stub.
  const { _malloc: allocate } = wasm;
  let wanted = "a tensor";
  wasm._malloc = (bytes) => {
    const at = allocate(bytes);
    if (at === 0 && bytes > 0) fail(wanted, bytes);
    return at;
  };
  const { move } = backend;
  backend.move = (...moved) => {
    const [, , shape, dtype] = moved;
    wanted = `a tensor of ${dtype} [${shape.join(", ")}]`;
    if (dtype !== "string") {
      const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
      if (bytes > MEMORY) fail(wanted, bytes);
    }
    move.apply(backend, moved);
  };
}

/** The package's types leave out that its module has Emscripten's functions. */
function isAllocator(module: object): module is { _malloc(bytes: number): number } {
  return "_malloc" in module;
}

function fail(wanted: string, bytes: number): never {
  throw new RangeError(
    `Cannot make ${wanted}: out of memory, as it takes ${Math.ceil(bytes / 2 ** 20)} MiB and all ` +
      "tensors of the wasm backend have 4096; dispose some, or take smaller batches",
  );
}
