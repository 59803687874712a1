import * as tf from "@tensorflow/tfjs";
import { tensorInputs } from "../kernels/execute.ts";
import { convolutionInfo, shapeOf } from "../kernel_attributes.ts";
import { replaceKernel } from "../replace_kernel.ts";

/**
 * Registers the gradients of tf.conv2d() on the `wasm` backend, both as convolutions, which its
 * package computes fast: it has no gradient by the filter at all, and that by the images is a
 * loop over single numbers.
 */
export function registerConvolutionGradients(): void {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const [x, dy] = tensorInputs(inputs, "x", "dy");
      const convolution = convolutionOf(x.shape, attrs?.filterShape, attrs);
      return filterGradient(
        x.as4D(...shapeOf(x.shape)),
        dy.as4D(...shapeOf(dy.shape)),
        convolution,
      );
    },
  });
  replaceKernel("Conv2DBackpropInput", "wasm", ({ inputs, attrs }) => {
    const [dy, filter] = tensorInputs(inputs, "dy", "filter");
    const convolution = convolutionOf(attrs?.inputShape, filter.shape, attrs);
    return inputGradient(
      dy.as4D(...shapeOf(dy.shape)),
      filter.as4D(...shapeOf(filter.shape)),
      convolution,
    );
  });
}

/** How a convolution goes over its images: sizes, strides, padding. */
interface Convolution {
  readonly strides: [down: number, across: number];
  readonly padding: { top: number; bottom: number; left: number; right: number };
  readonly filterSize: readonly [height: number, width: number];
  readonly inputSize: readonly [height: number, width: number];
}

/** @throws {TypeError} If the attributes are not a convolution's. */
function convolutionOf(
  inputShape: unknown,
  filterShape: unknown,
  attributes: tf.NamedAttrMap = {},
): Convolution {
  const info = convolutionInfo({ images: inputShape, filter: filterShape }, attributes);
  return {
    strides: [info.strideHeight, info.strideWidth],
    padding: info.padInfo,
    filterSize: [info.filterHeight, info.filterWidth],
    inputSize: [info.inHeight, info.inWidth],
  };
}

/**
 * The sum over images and places of x · dy, for each offset of the two. With channels in place of
 * images and images in place of channels that is a convolution of x by dy, whose taps are as far
 * apart as the strides were long.
 */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, convolution: Convolution): tf.Tensor4D {
  const { strides, padding: { top, bottom, left, right }, filterSize: [height, width] } =
    convolution;
  return tf.tidy(() => {
    const pixels = tf.transpose(x, [3, 1, 2, 0]);
    const [, rows, columns] = dy.shape;
    // Where rounding adds windows, they reach beyond the padding.
    const below = (rows - 1) * strides[0] + height - top - x.shape[1];
    const beside = (columns - 1) * strides[1] + width - left - x.shape[2];
    const images = tf.pad(pixels, [
      [0, 0],
      [top, Math.max(bottom, below)],
      [left, Math.max(right, beside)],
      [0, 0],
    ]);
    const taps = dy.transpose<tf.Tensor4D>([1, 2, 0, 3]);
    const summed = tf.conv2d(images, taps, 1, "valid", "NHWC", strides);
    // Rows and columns that no stride reached are left over.
    return summed.slice<tf.Tensor4D>([0, 0, 0, 0], [-1, height, width, -1])
      .transpose<tf.Tensor4D>([1, 2, 0, 3]);
  });
}

/**
 * Each number of dy, sent back to where it came from: a convolution of dy by the filter turned by
 * half a circle, its channels of input and output swapped. Where strides were longer than 1, zeros
 * stand between the numbers of dy.
 */
function inputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  { strides, padding, filterSize: [filterHeight, filterWidth], inputSize }: Convolution,
): tf.Tensor4D {
  return tf.tidy(() => {
    const spread = spreadOut(dy, strides);
    const [, height, width] = spread.shape;
    const top = filterHeight - 1 - padding.top;
    const left = filterWidth - 1 - padding.left;
    const [rows, columns] = [inputSize[0] + filterHeight - 1, inputSize[1] + filterWidth - 1];
    // Windows that lie in the padding alone are cut off.
    const padded = spread.pad<tf.Tensor4D>([
      [0, 0],
      [Math.max(0, top), Math.max(0, rows - height - top)],
      [Math.max(0, left), Math.max(0, columns - width - left)],
      [0, 0],
    ]);
    const cut = top >= 0 && left >= 0 && padded.shape[1] === rows && padded.shape[2] === columns
      ? padded
      : padded.slice<tf.Tensor4D>(
        [0, Math.max(0, -top), Math.max(0, -left), 0],
        [-1, rows, columns, -1],
      );
    const turned = filter.reverse<tf.Tensor4D>([0, 1]).transpose<tf.Tensor4D>([0, 1, 3, 2]);
    return tf.conv2d(cut, turned, 1, "valid");
  });
}

/** Puts zeros between rows and columns. */
function spreadOut(dy: tf.Tensor4D, [down, across]: [number, number]): tf.Tensor4D {
  const [batch, height, width, channels] = dy.shape;
  if (down === 1 && across === 1) return dy;
  const rows = dy.reshape<tf.Tensor4D>([batch * height, 1, width, channels])
    .pad([[0, 0], [0, down - 1], [0, 0], [0, 0]]);
  const both = rows.reshape<tf.Tensor4D>([batch * height * down, width, 1, channels])
    .pad([[0, 0], [0, 0], [0, across - 1], [0, 0]]);
  return both.reshape<tf.Tensor4D>([batch, height * down, width * across, channels])
    .slice<tf.Tensor4D>([0, 0, 0, 0], [-1, (height - 1) * down + 1, (width - 1) * across + 1, -1]);
}
