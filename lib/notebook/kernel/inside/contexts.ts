import { AsyncLocalStorage } from "node:async_hooks";
import { MARKS } from "./protocol.ts";

/** Deno's own function that sends something among the outputs. */
export const broadcast = Deno.jupyter.broadcast;

const contexts = new AsyncLocalStorage<number>();
let announced = 0;

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

/** Says whose outputs come next, where they are another cell's than those before. */
export function announce(): void {
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
