import { emit } from "./contexts.ts";
import { MARKS, STOPPED_INPUT } from "./protocol.ts";

const rejecters = new Set<(reason: unknown) => void>();
let controller = new AbortController();

const stopped = (message: string) => new DOMException(message, "AbortError");

/** A signal that Stop aborts. Who asks for it says thereby that he stops at it. */
export function stopSignal(): AbortSignal {
  if (controller.signal.aborted) controller = new AbortController();
  emit(MARKS.hears, {});
  return controller.signal;
}

/** Aborts the signal. */
export function abort(): void {
  controller.abort(stopped("Stopped"));
}

/** Lets Stop end a cell that asks for input, which blocks everything else. */
export function letQuestionsBeStopped(): void {
  const ask = prompt;
  globalThis.prompt = (...args) => {
    const answer = ask(...args);
    if (answer === STOPPED_INPUT) throw stopped("Stopped");
    return answer;
  };
  globalThis.confirm = (message = "Confirm") => /^y$/i.test(prompt(`${message} [y/N] `) ?? "");
}

/** Ends what cells wait for outside of functions. */
export function rejectWaits(): void {
  const reason = stopped("Stopped, while the cell waited for something that has not come");
  for (const reject of rejecters) reject(reason);
}

/**
 * Settles as a value does, or is rejected by Stop. `Promise.race` with one promise of long life
 * would keep a reaction for each value until that promise is settled.
 */
export function race<T>(value: T): Promise<Awaited<T>> {
  return new Promise((resolve, reject) => {
    rejecters.add(reject);
    const settle = <R>(give: (result: R) => void) => (result: R) => {
      rejecters.delete(reject);
      give(result);
    };
    Promise.resolve(value).then(settle(resolve), settle(reject));
  });
}

/** Goes through something as `for await` does, until Stop. */
export async function* each<T>(values: AsyncIterable<T> | Iterable<T | Promise<T>>) {
  const iterator = Symbol.asyncIterator in values
    ? values[Symbol.asyncIterator]()
    : values[Symbol.iterator]();
  let isDone = false;
  try {
    while (true) {
      const next = await race(iterator.next());
      if (next.done) {
        isDone = true;
        return;
      }
      yield await race(next.value);
    }
  } finally {
    if (!isDone) void iterator.return?.();
  }
}
