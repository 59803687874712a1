import * as tf from "@tensorflow/tfjs";
import { poolInfo } from "../kernel_attributes.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { inputsOf, tensorInputs } from "./execute.ts";

/** How windows lie along an axis of an image. */
interface Axis {
  size: number;
  window: number;
  stride: number;
  /** Where the first window begins, before the image. */
  before: number;
  windows: number;
}

/**
 * Registers the gradient of tf.avgPool() where windows hang over the edges of the image. Only what
 * is within the image counts in a window's mean, and so has to count in the gradient; the plain
 * JavaScript kernel, by which padding by numbers is computed, divides by the whole window, and
 * TensorFlow's is wrong without oneDNN where a window is larger than the image.
 *
 * Each window's gradient is enlarged by what hangs over, spread over a padded image, and the
 * padding cut off.
 */
export function registerAveragePoolGradient(): void {
  replaceKernel("AvgPoolGrad", "tensorflow", (call, original) => {
    const [dy] = tensorInputs(call.inputs, "dy");
    const [input] = inputsOf(call.inputs, "input");
    const [batch, , , channels] = input.shape;
    const [rows, columns] = axesOf(input.shape, dy.shape, call.attrs ?? {});
    const isSame = call.attrs?.pad === "same";
    if (
      [rows, columns].every((axis) =>
        isSame ? axis.window <= axis.size : shareOf(axis).every((share) => share === 1)
      )
    ) {
      return original({ ...call, attrs: { ...call.attrs, pad: isSame ? "same" : "valid" } });
    }
    return tf.tidy(() => {
      const shares = tf.outerProduct(tf.tensor1d(shareOf(rows)), tf.tensor1d(shareOf(columns)));
      const enlarged = tf.mul(dy, tf.reshape(shares, [1, rows.windows, columns.windows, 1]));
      const shape = [batch, paddedSize(rows), paddedSize(columns), channels];
      const padded = original({
        ...call,
        // Only its shape is looked at.
        inputs: { dy: enlarged, input: { dataId: input.dataId, dtype: input.dtype, shape } },
        attrs: { ...call.attrs, pad: "valid" },
      });
      if (!(padded instanceof tf.Tensor)) throw new TypeError("Cannot run AvgPoolGrad: no tensor");
      return tf.slice(padded, [0, rows.before, columns.before, 0], input.shape);
    });
  });
}

function axesOf(input: number[], output: number[], attrs: tf.NamedAttrMap): [Axis, Axis] {
  const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth } = poolInfo(input, attrs);
  return [
    {
      size: input[1],
      window: filterHeight,
      stride: strideHeight,
      before: padInfo.top,
      windows: output[1],
    },
    {
      size: input[2],
      window: filterWidth,
      stride: strideWidth,
      before: padInfo.left,
      windows: output[2],
    },
  ];
}

/** How much larger each window is than what of it is within the image. */
function shareOf({ size, window, stride, before, windows }: Axis): number[] {
  return Array.from({ length: windows }, (_, i) => {
    const start = i * stride - before;
    return window / (Math.min(start + window, size) - Math.max(start, 0));
  });
}

/** The size of an image with its padding, of which windows reach the end at most. */
function paddedSize({ size, window, stride, before, windows }: Axis): number {
  return Math.max(before + size, (windows - 1) * stride + window);
}
