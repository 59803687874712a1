import * as tf from "@tensorflow/tfjs";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { convolutionInfo, numbersOf, pairOf } from "../kernel_attributes.ts";
import { CHANNELS_LAST, execute, float32Attribute, inputsOf, tensorInputs } from "./execute.ts";

type Call = Parameters<tf.KernelFunc>[0];

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
  for (const name of ["Conv2D", "FusedConv2D"]) replaceInput(name, ofOneColumn);
  replaceInput("Conv3D", volumesOf);
}

/**
 * Lets a convolution take other images where it would take wrong numbers.
 *
 * @param other The images, which are released, and the attributes that go with them.
 */
function replaceInput(
  name: string,
  other: (call: Call) => { x: tf.Tensor; attrs: tf.NamedAttrMap } | undefined,
): void {
  replaceKernel(name, "tensorflow", (call, original) => {
    const given = other(call);
    if (given === undefined) return original(call);
    const { x, attrs } = given;
    const result = original({ ...call, attrs, inputs: { ...call.inputs, x } });
    x.dispose();
    return result;
  });
}

/**
 * Volumes of which a convolution takes no wrong numbers, where it would. Without oneDNN, filters that
 * are smaller than their strides begin in the wrong place if the padding is `same`; they end where
 * the volume does if it ends where they do. With oneDNN, it is as {@linkcode ofOneColumn} says.
 */
function volumesOf({ inputs, attrs = {} }: Call) {
  const [x, filter] = tensorInputs(inputs, "x", "filter");
  if (attrs.dataFormat === "NCDHW") return undefined;
  const [depth, height = depth, width = depth] = numbersOf(attrs.strides);
  const isSame = attrs.pad === "same";
  const axes = [depth, height, width].map((stride, axis) => {
    const [size, window] = [x.shape[axis + 1], filter.shape[axis]];
    const windows = isSame ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1;
    const reached = (windows - 1) * stride + window;
    const padding = isSame ? Math.max(0, reached - size) : 0;
    return { size, windows, reached, padding, before: Math.floor(padding / 2) };
  });
  const isOfOneColumn = x.shape[4] === 1 && axes[2].windows === 1 && width > height;
  const isCut = axes.some(({ size, reached }) => reached < size);
  if (!isOfOneColumn && !(isSame && isCut)) return undefined;
  const volumes = tf.tidy(() => {
    const [batch, , , , channels] = x.shape;
    const ends = axes.map(({ size, reached }) => Math.min(size, reached));
    const cut = tf.slice(x, [0, 0, 0, 0, 0], [batch, ...ends, channels]);
    if (!isOfOneColumn) return cut;
    const sides = axes.map(({ before, padding }): [number, number] => [before, padding - before]);
    return tf.pad(cut, [[0, 0], ...sides, [0, 0]]);
  });
  if (!isOfOneColumn) return { x: volumes, attrs };
  return { x: volumes, attrs: { ...attrs, pad: "valid", strides: [depth, height, height] } };
}

/**
 * Grey images and a filter that has one place only across them, where the step across is longer
 * than that down: the columns that the filter meets, and both steps as that down. The step across
 * does not matter then but to oneDNN, which takes rows from elsewhere in memory (see UPSTREAM.md).
 */
function ofOneColumn({ inputs, attrs = {} }: Call) {
  const [x, filter] = tensorInputs(inputs, "x", "filter");
  const [down, across] = pairOf(attrs.strides);
  if (x.shape[3] !== 1 || across <= down || attrs.dataFormat === "NCHW") return undefined;
  const [batch, height, width] = x.shape;
  const { outWidth, padInfo: { top, bottom, left }, effectiveFilterWidth } = convolutionInfo(
    { images: x.shape, filter: filter.shape },
    attrs,
  );
  if (outWidth !== 1 || left >= effectiveFilterWidth) return undefined;
  const columns = Math.min(width, effectiveFilterWidth - left);
  const right = effectiveFilterWidth - left - columns;
  return {
    x: tf.slice(x, [0, 0, 0, 0], [batch, height, columns, 1]),
    attrs: {
      ...attrs,
      strides: [down, down],
      pad: [[0, 0], [top, bottom], [left, right], [0, 0]],
    },
  };
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
