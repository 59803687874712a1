import { isKernel } from "./kernel.ts";

let controller = new AbortController();
let listening = false;

/**
 * A signal that JupyterLab's Stop aborts: `fit(model, images, { ..., signal: stopSignal() })`
 * ends after the step at hand with an `AbortError`, and the kernel keeps its state. Without a
 * listener Stop ends the kernel.
 *
 * Each call gives a signal that is not aborted yet, so that a cell can be run again.
 */
export function stopSignal(): AbortSignal {
  listenToStop();
  if (controller.signal.aborted) controller = new AbortController();
  return controller.signal;
}

/** Takes Stop from the kernel; done once, and only in a kernel. */
export function listenToStop(): void {
  if (listening || !isKernel()) return;
  listening = true;
  Deno.addSignalListener("SIGINT", () => {
    controller.abort(new DOMException("Stopped", "AbortError"));
  });
}
