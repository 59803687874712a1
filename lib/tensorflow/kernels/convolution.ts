import * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { numbersOf, pairOf } from "../wasm/attributes.ts";
import { CHANNELS_LAST, execute, float32Attribute, inputsOf, tensorInputs } from "./execute.ts";

/**
 * Registers the gradient of a convolution by its filter so that a filter of 1x1 with strides is
 * none: the numbers that the strides reach are picked first. The filter meets no others, so that
 * this is the same sum; and oneDNN, which picks them itself, into memory that is too small, gives
 * wrong gradients or ends the process (see UPSTREAM.md).
 */
export function registerConvolution(): void {
  replaceKernel("Conv2DBackpropFilter", "tensorflow", (call, original) => {
    const { filterShape, strides, dataFormat } = call.attrs ?? {};
    const [height, width] = pairOf(strides);
    const pointwise = Array.isArray(filterShape) && filterShape[0] === 1 && filterShape[1] === 1;
    if (!pointwise || height * width === 1 || dataFormat === "NCHW") return original(call);
    const [x, dy] = inputsOf(call.inputs, "x", "dy");
    const reached = everyNth(x, [1, height, width, 1]);
    const attrs = { ...call.attrs, strides: 1 };
    const gradient = original({ ...call, inputs: { x: reached, dy }, attrs });
    reached.dispose();
    return gradient;
  });
  // Without oneDNN, filters that are smaller than their strides begin in the wrong place if the
  // padding is `same`. They end where the volume does if it ends where they do.
  replaceKernel("Conv3D", "tensorflow", (call, original) => {
    const [x, filter] = tensorInputs(call.inputs, "x", "filter");
    const { strides, pad, dataFormat } = call.attrs ?? {};
    const [depth, height = depth, width = depth] = numbersOf(strides);
    const reached = [depth, height, width].map((stride, axis) =>
      (Math.ceil(x.shape[axis + 1] / stride) - 1) * stride + filter.shape[axis]
    );
    const isCut = reached.some((size, axis) => size < x.shape[axis + 1]);
    if (pad !== "same" || dataFormat === "NCDHW" || !isCut) return original(call);
    const shape = x.shape.map((size, axis) => Math.min(size, reached[axis - 1] ?? size));
    const cut = tf.slice(x, shape.map(() => 0), shape);
    const result = original({ ...call, inputs: { x: cut, filter } });
    cut.dispose();
    return result;
  });
}

/**
 * Every nth number along each axis of images, as means of one number each: TensorFlow's strided
 * slice takes some ten times as long.
 */
function everyNth(images: tf.TensorInfo, strides: number[]): tf.Tensor {
  return execute("AvgPool", [images], {
    attributes: [
      float32Attribute(),
      CHANNELS_LAST,
      { name: "ksize", type: ATTRIBUTE_TYPES.int, value: [1, 1, 1, 1] },
      { name: "strides", type: ATTRIBUTE_TYPES.int, value: strides },
      { name: "padding", type: ATTRIBUTE_TYPES.string, value: "VALID" },
    ],
  })[0];
}
