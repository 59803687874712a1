import type * as tf from "@tensorflow/tfjs";
import { inputsOf } from "../kernels/execute.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { emptyOutput } from "./empty_output.ts";
import { convolutionInfo } from "../kernel_attributes.ts";

/**
 * Hands the convolutions of the `wasm` backend their padding as numbers, as much of it as
 * their windows reach. Its package leaves it to XNNPACK how many windows that are: padding `same`
 * becomes 2³² rows of zeros where strides leave rows over (a filter of 3 × 1 at strides of 2), and
 * windows that rounding adds stay unwritten.
 */
export function registerExactPadding(): void {
  for (const kernel of ["Conv2D", "DepthwiseConv2dNative"]) {
    const depthwise = kernel === "DepthwiseConv2dNative";
    replaceKernel(kernel, "wasm", ({ inputs, attrs = {}, backend }, plain) => {
      const [x, filter] = inputsOf(inputs, "x", "filter");
      const shapes = { images: x.shape, filter: filter.shape };
      const info = convolutionInfo(shapes, attrs, { depthwise });
      return run(plain, { inputs, attrs, backend }, info);
    });
  }
}

function run(
  plain: tf.KernelFunc,
  { inputs, attrs = {}, backend }: Parameters<tf.KernelFunc>[0],
  info: tf.backend_util.Conv2DInfo,
): ReturnType<tf.KernelFunc> {
  const nowhere = emptyOutput(info);
  if (nowhere !== undefined) return nowhere;
  const { padInfo: { top, left } } = info;
  const reach = (windows: number, stride: number, size: number) => (windows - 1) * stride + size;
  const bottom = reach(info.outHeight, info.strideHeight, info.effectiveFilterHeight) - top;
  const right = reach(info.outWidth, info.strideWidth, info.effectiveFilterWidth) - left;
  const pad = [
    [0, 0],
    [top, Math.max(0, bottom - info.inHeight)],
    [left, Math.max(0, right - info.inWidth)],
    [0, 0],
  ];
  return plain({ inputs, attrs: { ...attrs, pad }, backend });
}
