import * as tf from "@tensorflow/tfjs";
import { inputsOf } from "./kernels/execute.ts";
import { replaceKernel } from "./replace_kernel.ts";

/** What TensorFlow gives for no numbers at all. */
const OF_NOTHING: Readonly<Record<string, { float32: number; int32: number; bool: number }>> = {
  Sum: { float32: 0, int32: 0, bool: 0 },
  Prod: { float32: 1, int32: 1, bool: 1 },
  Mean: { float32: NaN, int32: NaN, bool: NaN },
  Max: { float32: -Infinity, int32: -(2 ** 31), bool: 0 },
  Min: { float32: Infinity, int32: 2 ** 31 - 1, bool: 1 },
  Any: { float32: 0, int32: 0, bool: 0 },
  All: { float32: 1, int32: 1, bool: 1 },
};

/**
 * Gives reductions over no numbers the values that TensorFlow gives: the package of the `wasm`
 * backend leaves what happens to stand in memory, and TensorFlow.js's plain JavaScript has 0 for
 * the mean of no whole numbers, and NaN for the greatest of none.
 */
export function registerEmptyReductions(backendName: "cpu" | "wasm"): void {
  for (const [kernel, values] of Object.entries(OF_NOTHING)) {
    replaceKernel(kernel, backendName, (call, plain) => {
      const [{ shape, dtype }] = inputsOf(call.inputs, "x");
      const result = plain(call);
      if (tf.util.sizeFromShape(shape) > 0 || Array.isArray(result)) return result;
      if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") return result;
      const backend = tf.findBackend(backendName);
      const numbers = Array.from<number>({ length: tf.util.sizeFromShape(result.shape) });
      const filled = tf.util.toTypedArray(numbers.fill(values[dtype]), result.dtype);
      backend.disposeData(result.dataId);
      return { ...result, dataId: backend.write(filled, result.shape, result.dtype) };
    });
  }
}
