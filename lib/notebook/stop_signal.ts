import * as tf from "@tensorflow/tfjs";
import { isKernel } from "./is_kernel.ts";

let controller = new AbortController();
let listening = false;

const { fit, fitDataset } = tf.LayersModel.prototype;
const FITS = { fit, fitDataset };

/**
 * A signal that JupyterLab's Stop aborts: `fit(model, images, { ..., signal: stopSignal() })`
 * ends after the step at hand with an `AbortError`.
 *
 * Each call gives a signal that is not aborted yet, so that a cell can be run again. It is the one
 * of the kernel in lib/notebook/kernel; Deno's own kernel has none, and gets one by `SIGINT`, which
 * would otherwise end it.
 */
export function stopSignal(): AbortSignal {
  const signal = kernelsSignal();
  if (signal !== undefined) return signal;
  listenToStop();
  if (controller.signal.aborted) controller = new AbortController();
  return controller.signal;
}

/** Whether the kernel is the one in lib/notebook/kernel. */
export const hasStopSignal = (): boolean => Reflect.has(globalThis, SIGNAL);

/** Takes Stop from Deno's own kernel; done once, and only there. */
export function listenToStop(): void {
  if (listening || !isKernel() || hasStopSignal()) return;
  listening = true;
  Deno.addSignalListener("SIGINT", () => {
    controller.abort(new DOMException("Stopped", "AbortError"));
  });
}

/**
 * Lets Stop end TensorFlow.js's own `model.fit()` and `model.fitDataset()` after the batch at hand,
 * with an `AbortError`.
 */
export function letFitBeStopped(): void {
  for (const [name, fit] of Object.entries(FITS)) {
    Reflect.set(tf.LayersModel.prototype, name, async function (
      this: tf.LayersModel,
      ...args: unknown[]
    ) {
      const signal = stopSignal();
      const stop = () => this.stopTraining = true;
      signal.addEventListener("abort", stop);
      try {
        const history = await Reflect.apply(fit, this, args);
        signal.throwIfAborted();
        return history;
      } finally {
        signal.removeEventListener("abort", stop);
      }
    });
  }
}

const SIGNAL = Symbol.for("Jupyter.stopSignal");

function kernelsSignal(): AbortSignal | undefined {
  const give: unknown = Reflect.get(globalThis, SIGNAL);
  const signal: unknown = typeof give === "function" ? give() : undefined;
  return signal instanceof AbortSignal ? signal : undefined;
}
