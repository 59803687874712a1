/**
 * What a notebook on Deno's Jupyter kernel needs: cures of the kernel's faults, Stop, tensors that
 * show themselves, figures and bars that change while a cell runs, and the two sizes.
 *
 * @module
 */
export { liveOutput } from "./live_output.ts";
export { liveTraining } from "./live_training.ts";
export { progress } from "./progress.ts";
export { describeTensor, showTensors } from "./show_tensors.ts";
export { atSize } from "./size.ts";
export { startNotebook } from "./start_notebook.ts";
export { stopSignal } from "./stop_signal.ts";
