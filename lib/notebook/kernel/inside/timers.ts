import { bound } from "./contexts.ts";

/**
 * Lets timers hand over to a message: what they call, and what comes of it, then runs in a turn of
 * its own. Deno's event loop outlives the termination of such a turn, but of its timers none goes
 * off any more if one is terminated.
 */
export function letTimersBeStopped(): void {
  const cleared = new WeakSet<object>();
  for (const name of ["setTimeout", "setInterval"] as const) {
    const original = globalThis[name];
    Reflect.set(globalThis, name, (call: unknown, milliseconds?: number, ...rest: unknown[]) => {
      if (typeof call !== "function") return Reflect.apply(original, globalThis, [call]);
      const run = bound(() => cleared.has(timer) || Reflect.apply(call, globalThis, rest));
      const timer: object = Object(original(() => inTurn(run), milliseconds));
      return timer;
    });
  }
  for (const name of ["clearTimeout", "clearInterval"] as const) {
    const original = globalThis[name];
    Reflect.set(globalThis, name, (timer: Parameters<typeof original>[0]) => {
      // It may be due already.
      if (typeof timer === "object") cleared.add(timer);
      original(timer);
    });
  }
}

/** Runs something in a turn of its own. The channel that gives it may go down with it. */
function inTurn(run: () => unknown): void {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => {
    port2.close();
    queueMicrotask(() => void run());
  };
  port1.postMessage(null);
}
