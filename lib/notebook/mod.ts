/**
 * What a notebook on a Jupyter kernel of Deno needs: Stop, tensors that show themselves, figures and
 * bars that change while a cell runs, and the two sizes. The kernel is a room of its own, `kernel/`.
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
