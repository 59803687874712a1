import { initBackend } from "../tensorflow/mod.ts";
import { cureKernel } from "./kernel.ts";
import { showTensors } from "./show_tensors.ts";
import { listenToStop } from "./stop_signal.ts";

/**
 * What a notebook begins with: cures the kernel's faults, lets tensors show themselves, takes
 * Stop, and starts a backend, which it names.
 *
 * @throws {Error} As {@linkcode initBackend} does, if the one that `BACKEND` names cannot be had.
 */
export async function startNotebook(): Promise<void> {
  cureKernel();
  listenToStop();
  showTensors();
  const backend = await initBackend();
  // Where the library lies says nothing to a reader.
  const description = backend.description.replace(/, .*[\\/].*/, "");
  console.log(`Backend: ${backend.name}, ${description}`);
  if (backend.passedOver !== null) console.log(`${backend.passedOver}: all is slower.`);
}
