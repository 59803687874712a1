import { inputsOf } from "./kernels/execute.ts";
import { replaceKernel } from "./replace_kernel.ts";

/**
 * Lets tf.cumsum() and tf.cumprod() count axes from the end, too: for an axis below 0, TensorFlow.js's
 * plain JavaScript gives another shape, and the package of the `wasm` backend never comes back.
 */
export function registerCumulative(backendName: "cpu" | "wasm"): void {
  for (const kernel of ["Cumsum", "Cumprod"]) {
    replaceKernel(kernel, backendName, ({ inputs, attrs = {}, backend }, plain) => {
      const [{ shape }] = inputsOf(inputs, "x");
      const axis = Number(attrs.axis);
      const counted = axis < 0 ? axis + shape.length : axis;
      return plain({ inputs, attrs: { ...attrs, axis: counted }, backend });
    });
  }
}
