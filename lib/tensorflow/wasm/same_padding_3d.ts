import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { numbersOf } from "../kernel_attributes.ts";

/**
 * Lets convolutions and pools in 3d with padding `same` on the `wasm` backend start at the first
 * row. Where strides leave rows over at the end, TensorFlow.js, which counts less than no padding,
 * leaves out as many at the start; without the rows that are left over it counts right.
 */
export function registerSamePadding3D(): void {
  for (const kernel of ["AvgPool3D", "MaxPool3D", "Conv3D", "Conv3DBackpropFilterV2"]) {
    replaceKernel(kernel, "wasm", ({ inputs, attrs = {}, backend }, plain) => {
      const [x] = tensorInputs(inputs, "x");
      const shape = reached(x.shape, inputs.filter?.shape ?? attrs.filterShape, attrs);
      if (shape === undefined) return plain({ inputs, attrs, backend });
      const sliced = tf.slice(x, x.shape.map(() => 0), shape);
      const result = plain({ inputs: { ...inputs, x: sliced }, attrs, backend });
      sliced.dispose();
      return result;
    });
  }
  replaceKernel("Conv3DBackpropInputV2", "wasm", ({ inputs, attrs = {}, backend }, plain) => {
    const [dy, filter] = tensorInputs(inputs, "dy", "filter");
    const whole = numbersOf(attrs.inputShape);
    const shape = reached(whole, filter.shape, attrs);
    if (shape === undefined) return plain({ inputs, attrs, backend });
    return tf.tidy(() => {
      const attributes = { ...attrs, inputShape: shape };
      const gradient: tf.Tensor = tf.engine().runKernel(
        "Conv3DBackpropInputV2",
        { dy, filter },
        attributes,
      );
      return tf.pad(gradient, whole.map((length, axis) => [0, length - shape[axis]]));
    });
  });
}

/** The shape without the rows that no window reaches; undefined where all are reached. */
function reached(
  shape: readonly number[],
  filterShape: unknown,
  { pad, strides, filterSize, dilations }: tf.NamedAttrMap,
): number[] | undefined {
  if (pad !== "same") return undefined;
  const each = (values: unknown) => {
    const numbers = numbersOf(values);
    return [0, 1, 2].map((axis) => numbers[axis] ?? numbers[0]);
  };
  const size = each(filterSize ?? filterShape);
  const [steps, spread] = [each(strides), each(dilations ?? 1)];
  const lengths = size.map((length, axis) => {
    const windows = Math.ceil(shape[axis + 1] / steps[axis]);
    const last = (windows - 1) * steps[axis] + (length - 1) * spread[axis] + 1;
    return Math.min(shape[axis + 1], last);
  });
  return lengths.some((length, axis) => length < shape[axis + 1])
    ? [shape[0], ...lengths, shape[4]]
    : undefined;
}
