import * as tf from "@tensorflow/tfjs";
import os from "node:os";
import { Worker } from "node:worker_threads";

/** How many threads npm:@tensorflow/tfjs-backend-wasm makes ready; it uses the last ones first. */
const POOL_SIZE = 8;

/**
 * Runs `start`, which makes the package's WebAssembly module, such that the module finds threads
 * in Deno. The package has them in browsers alone: elsewhere it takes its build without threads,
 * and its other build would start them by a script that only a browser could read. Here each is a
 * worker that runs `thread.ts`. They do not keep the process alive.
 *
 * What the package looks for is changed while `start` runs, and put back thereafter: the global
 * `Worker`, which its module replaces too, and the number of processors, of which it takes half.
 *
 * @param wanted How many threads are to run, the caller's among them; at most 8 do.
 */
export async function withThreads<T>(wanted: number, start: () => Promise<T>): Promise<T> {
  // Deno starts node's workers from files alone, not where this folder was imported from a server.
  const threads = import.meta.url.startsWith("file:") ? Math.min(wanted, POOL_SIZE) : 1;
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threads > 1);
  if (threads < 2) return await start();
  const before = Object.getOwnPropertyDescriptor(globalThis, "Worker") ?? {};
  const { cpus } = os;
  let made = 0;
  const BrowserWorker = globalThis.Worker;
  function PoolWorker(script: string | URL, options?: WorkerOptions) {
    if (!String(script).startsWith("blob:")) return new BrowserWorker(script, options);
    return made++ < POOL_SIZE - (threads - 1) ? new UnusedThread() : new Thread();
  }
  Object.defineProperty(globalThis, "Worker", {
    configurable: true,
    get: () => PoolWorker,
    set() {},
  });
  os.cpus = () => new Array<os.CpuInfo>(2 * threads);
  try {
    return await start();
  } finally {
    os.cpus = cpus;
    Object.defineProperty(globalThis, "Worker", before);
  }
}

/** A thread of the pool. */
class Thread extends Worker {
  constructor() {
    super(new URL("./thread.ts", import.meta.url));
  }

  /** Threads run as long as the module lives, and would keep the process alive. */
  override ref(): void {}
}

/** Stands for a thread that will not be used: it says that it is ready, as the module waits for that. */
class UnusedThread {
  onmessage: ((event: { data: { cmd: string } }) => void) | undefined;

  postMessage(): void {
    queueMicrotask(() => this.onmessage?.({ data: { cmd: "loaded" } }));
  }

  on(): void {}

  unref(): void {}

  terminate(): void {}
}
