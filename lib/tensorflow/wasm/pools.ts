import * as tf from "@tensorflow/tfjs";
import { runOnHost } from "../host_kernels.ts";
import { inputsOf } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { paddingOf, pairOf, roundingOf, shapeOf } from "../kernel_attributes.ts";
import { emptyOutput } from "./empty_output.ts";
import { holds } from "./host_cases.ts";

/**
 * Lets tf.maxPool() and tf.avgPool() on the `wasm` backend treat NaN as TensorFlow does, of which
 * its package makes -∞, also where the window has a greater number; and windows that fit nowhere.
 */
export function registerPools(): void {
  for (const kernel of ["MaxPool", "AvgPool"]) {
    replaceKernel(kernel, "wasm", (call, plain) => {
      const [{ shape }] = inputsOf(call.inputs, "x");
      const { filterSize, strides, pad, dimRoundingMode } = call.attrs ?? {};
      const windows = tf.backend_util.computePool2DInfo(
        shapeOf(shape),
        pairOf(filterSize),
        pairOf(strides),
        1,
        paddingOf(pad),
        roundingOf(dimRoundingMode),
      );
      const nowhere = emptyOutput(windows);
      if (nowhere !== undefined) return nowhere;
      const pooled = plain(call);
      if (Array.isArray(pooled) || !holds(pooled, -Infinity)) return pooled;
      tf.engine().backend.disposeData(pooled.dataId);
      return runOnHost(kernel, call);
    });
  }
}
