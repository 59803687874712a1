import { AsyncLocalStorage } from "node:async_hooks";
import { MARKS } from "./protocol.ts";

/** Deno's own function that sends something among the outputs. */
const broadcast = Deno.jupyter.broadcast;

/** Outputs after which the kernel in front is asked whether it has them. */
const INTERVAL = 500;

/** Outputs that may be under way: a loop that prints would fill the queue faster than it empties. */
const MOST_UNDER_WAY = 4 * INTERVAL;

/** How many outputs the kernel in front has taken; kept by the thread that holds the line. */
export const taken: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4));

const contexts = new AsyncLocalStorage<number>();
let announced = 0;
let count = 0;

/** Runs something as a part of a cell; so is all that it starts, timers included. */
export function within<T>(cell: number, run: () => T): T {
  return contexts.run(cell, run);
}

/** What belongs to the cell at hand, whenever it is called. */
export function bound<Args extends readonly unknown[]>(
  run: (...args: Args) => unknown,
): (...args: Args) => unknown {
  const restore = AsyncLocalStorage.snapshot();
  return (...args) => restore(() => run(...args));
}

/**
 * Says whose outputs come next, where they are another cell's than those before. Waits while too
 * many are under way.
 */
export function announce(): void {
  keepPace();
  const cell = contexts.getStore();
  if (cell === undefined || cell === announced) return;
  announced = cell;
  void broadcast(MARKS.cell, { cell });
}

/** Sends something among the outputs of the cell to which the caller belongs. */
export function emit(
  type: string,
  content: Record<string, unknown>,
  options?: { metadata?: Record<string, unknown>; buffers?: Uint8Array[] },
): void {
  announce();
  void broadcast(type, content, options);
}

function keepPace(): void {
  count = (count + 1) | 0;
  if (count % INTERVAL === 0) void broadcast(MARKS.pace, { count });
  for (let last; (count - (last = Atomics.load(taken, 0)) | 0) > MOST_UNDER_WAY;) {
    Atomics.wait(taken, 0, last);
  }
}
