import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { numbersOf } from "../kernel_attributes.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Lets tf.sum() over the first axes on the `wasm` backend, such as a bias's gradient, add row to
 * row. Its package turns the tensor around first.
 */
export function registerSum(): void {
  replaceKernel("Sum", "wasm", (call, plain) => {
    const [x] = tensorInputs(call.inputs, "x");
    const axes = numbersOf(call.attrs?.axis ?? []).map((axis) => axis < 0 ? axis + x.rank : axis)
      .sort();
    const rest = x.shape.slice(axes.length);
    const first = axes.every((axis, i) => axis === i);
    if (!first || axes.length === 0 || rest.length === 0 || x.dtype !== "float32") {
      return plain(call);
    }
    const sums = sumOfRows(x.dataSync<"float32">(), tf.util.sizeFromShape(rest));
    const shape = call.attrs?.keepDims ? [...axes.map(() => 1), ...rest] : rest;
    const dataId = tf.engine().backend.write(sums, shape, "float32");
    return { dataId, shape, dtype: "float32" };
  });
}

function sumOfRows(values: Float32Array, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) sums[column] += values[start + column];
  }
  return Float32Array.from(sums);
}
