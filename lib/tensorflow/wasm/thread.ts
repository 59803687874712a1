/**
 * A thread of npm:@tensorflow/tfjs-backend-wasm, as a worker of Deno's: it makes an instance of the
 * package's WebAssembly module on the memory of the main thread, and then runs what it is told.
 *
 * Source: the messages between Emscripten's main thread and its threads (worker.js).
 *
 * @module
 */
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";

/** A thread's part of Emscripten's module. */
interface ThreadModule {
  __emscripten_thread_init(thread: number, isMain: 0, isRuntime: 0, canBlock: 1): void;
  establishStackSpace(): void;
  PThread: { threadInitTLS(): void };
  invokeEntryPoint(startRoutine: number, argument: number): void;
}

type Message =
  | { cmd: "load"; wasmModule: WebAssembly.Module; wasmMemory: WebAssembly.Memory }
  | { cmd: "run"; pthread_ptr: number; start_routine: number; arg: number };

const makeModule = createRequire(import.meta.url)(
  "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js",
);

let module: ThreadModule;

// Emscripten calls it when the instance is there.
Object.assign(globalThis, {
  startWorker(instance: ThreadModule) {
    module = instance;
    parentPort?.postMessage({ cmd: "loaded" });
  },
});

parentPort?.on("message", (message: Message) => {
  if (message.cmd === "load") load(message);
  if (message.cmd === "run") run(message);
});

function load({ wasmModule, wasmMemory }: Message & { cmd: "load" }): void {
  makeModule({
    ENVIRONMENT_IS_PTHREAD: true,
    wasmMemory,
    buffer: wasmMemory.buffer,
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => void,
    ): WebAssembly.Exports {
      const instance = new WebAssembly.Instance(wasmModule, imports);
      receive(instance);
      return instance.exports;
    },
  });
}

function run({ pthread_ptr: thread, start_routine, arg }: Message & { cmd: "run" }): void {
  module.__emscripten_thread_init(thread, 0, 0, 1);
  module.establishStackSpace();
  module.PThread.threadInitTLS();
  module.invokeEntryPoint(start_routine, arg);
}
