import { initBackend } from "../tensorflow/mod.ts";
import { isKernel } from "./is_kernel.ts";
import { showTensors } from "./show_tensors.ts";
import { hasStopSignal, letFitBeStopped, listenToStop } from "./stop_signal.ts";

/**
 * What a notebook begins with: lets tensors show themselves and Stop end trainings, and starts a
 * backend, which it names.
 *
 * @throws {Error} As {@linkcode initBackend} does, if the one that `BACKEND` names cannot be had.
 */
export async function startNotebook(): Promise<void> {
  listenToStop();
  letFitBeStopped();
  showTensors();
  const backend = await initBackend();
  // Where the library lies says nothing to a reader.
  const description = backend.description.replace(/, .*[\\/].*/, "");
  console.log(`Backend: ${backend.name}, ${description}`);
  if (backend.passedOver !== null) console.log(`${backend.passedOver}: all is slower.`);
  if (isKernel() && !hasStopSignal()) {
    console.log(
      "This is Deno's own kernel, which loses outputs: `deno task lab` brings one that keeps them.",
    );
  }
}
