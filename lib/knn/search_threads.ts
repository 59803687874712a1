import { setImmediate as nextTask } from "node:timers/promises";
import type { SearchLayout } from "./search_layout.ts";
import { type SearchAnswer, Searcher, type SearchTask } from "./searcher.ts";
import type { WorkerStart } from "./search_worker.ts";

/** What {@linkcode SearchThreads.run} tells, and what stops it. */
export interface RunOptions {
  /** Is given each task's answer and the task's place in the list. */
  readonly onAnswer?: (answer: SearchAnswer, task: number) => void;
  /** Stops before the next task. */
  readonly signal?: AbortSignal;
}

/** The threads that search one index: worker threads, or for small work the caller's own. */
export class SearchThreads implements Disposable {
  readonly #workers: readonly Worker[];
  readonly #local: Searcher;

  /**
   * @param module The compiled assembly.
   * @param layout The index: its first room is the caller's own, the others are the workers'.
   */
  constructor(
    module: WebAssembly.Module,
    layout: SearchLayout,
    { workers }: { readonly workers: number },
  ) {
    this.#local = new Searcher(module, layout, { room: 0 });
    this.#workers = Array.from({ length: workers }, (_, i) => {
      const url = new URL("./search_worker.ts", import.meta.url);
      const worker = new Worker(url, { type: "module" });
      const start: WorkerStart = { module, layout, room: i + 1 };
      worker.postMessage(start);
      return worker;
    });
  }

  /** The coarse sketches `[rows, COARSE]` of at most `BLOCK` images, as rows of pixels. */
  coarseSketches(rows: Uint8Array): Int16Array {
    return this.#local.coarseSketches(rows);
  }

  /** Does the tasks, each on the thread that is free first. */
  async run(tasks: Iterable<SearchTask>, { onAnswer, signal }: RunOptions = {}): Promise<void> {
    const rest = Iterator.from(tasks);
    let count = 0;
    const work = async (perform: (task: SearchTask) => Promise<SearchAnswer>) => {
      for (;;) {
        signal?.throwIfAborted();
        const { done, value: task } = rest.next();
        if (done) return;
        const place = count++;
        const answer = await perform(task);
        onAnswer?.(answer, place);
      }
    };
    if (this.#workers.length > 0) {
      await Promise.all(this.#workers.map((worker) => work((task) => ask(worker, task))));
    } else {
      await work(async (task) => {
        // A turn for the event loop, so that progress is drawn and a signal is heard.
        await nextTask();
        return this.#local.perform(task);
      });
    }
  }

  /** Ends the threads, whatever they do. */
  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

function ask(worker: Worker, task: SearchTask): Promise<SearchAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SearchAnswer>();
  worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`Cannot search: ${event.message}`));
  };
  worker.postMessage(task);
  return promise;
}
