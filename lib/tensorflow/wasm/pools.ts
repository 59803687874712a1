import { runOnHost } from "../host_kernels.ts";
import { inputsOf } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { poolInfo } from "../kernel_attributes.ts";
import { emptyOutput } from "./empty_output.ts";
import { holds } from "./host_cases.ts";

/**
 * Lets tf.maxPool() and tf.avgPool() on the `wasm` backend treat NaN as TensorFlow does, which takes
 * the greatest of the other numbers, and the average for NaN: its package takes the greatest of
 * those behind the last NaN, and the average for -∞. Windows that fit nowhere give nothing.
 */
export function registerPools(): void {
  for (const kernel of ["MaxPool", "AvgPool"]) {
    replaceKernel(kernel, "wasm", (call, plain) => {
      const [x] = inputsOf(call.inputs, "x");
      const nowhere = emptyOutput(poolInfo(x.shape, call.attrs ?? {}));
      if (nowhere !== undefined) return nowhere;
      return holds(x, NaN) ? runOnHost(kernel, call) : plain(call);
    });
  }
}
