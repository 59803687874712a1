import * as tf from "@tensorflow/tfjs";
import { convolutionInfo, numbersOf, poolInfo } from "../kernel_attributes.ts";
import { replaceKernel } from "../replace_kernel.ts";
import { inputsOf } from "./execute.ts";

type Call = Parameters<tf.KernelFunc>[0];

/**
 * Registers zeros for what TensorFlow leaves as it finds it in memory, gives another shape, or
 * refuses to record: convolutions and pools whose result has no numbers, since there are no images
 * or they are smaller than the window, and the gradients of such, in which nothing is summed up.
 */
export function registerEmptyResults(): void {
  for (const name of ["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"]) {
    const depthwise = name.includes("Depthwise");
    registerZeros(name, (call) => emptyShape(convolvedShape(call, depthwise)));
  }
  registerZeros("Conv3D", (call) => emptyShape(convolvedShape3d(call)));
  for (const name of ["Conv2D", "DepthwiseConv2dNative"]) {
    registerZeros(`${name}BackpropFilter`, filterShapeOfEmpty);
  }
  registerZeros("Conv3DBackpropFilterV2", filterShapeOfEmpty);
  registerZeros(
    "Conv2DBackpropInput",
    (call) => isEmpty(call) ? numbersOf(call.attrs?.inputShape) : undefined,
  );
  for (const name of ["AvgPool", "MaxPool"]) {
    registerZeros(name, (call) => emptyShape(pooledShape(call)));
    registerZeros(`${name}Grad`, (call) => isEmpty(call) ? call.inputs.input?.shape : undefined);
  }
}

/** @param shapeOf The shape of zeros, or nothing where the kernel is to compute. */
function registerZeros(name: string, shapeOf: (call: Call) => number[] | undefined): void {
  replaceKernel(name, "tensorflow", (call, original) => {
    const shape = shapeOf(call);
    return shape === undefined ? original(call) : tf.zeros(shape);
  });
}

function filterShapeOfEmpty(call: Call): number[] | undefined {
  return isEmpty(call) ? numbersOf(call.attrs?.filterShape) : undefined;
}

function isEmpty({ inputs }: Call): boolean {
  return tf.util.sizeFromShape(inputsOf(inputs, "dy")[0].shape) === 0;
}

function emptyShape(shape: number[]): number[] | undefined {
  return tf.util.sizeFromShape(shape) === 0 ? shape : undefined;
}

function convolvedShape({ inputs, attrs = {} }: Call, depthwise: boolean): number[] {
  const [x, filter] = inputsOf(inputs, "x", "filter");
  return convolutionInfo({ images: x.shape, filter: filter.shape }, attrs, { depthwise }).outShape;
}

function pooledShape({ inputs, attrs = {} }: Call): number[] {
  return poolInfo(inputsOf(inputs, "x")[0].shape, attrs).outShape;
}

function convolvedShape3d({ inputs, attrs = {} }: Call): number[] {
  const [x, filter] = inputsOf(inputs, "x", "filter");
  const [batch, ...sizes] = x.shape;
  const { strides, dilations, pad } = attrs;
  const [steps, gaps] = [strides, dilations ?? 1].map((value) => numbersOf(value));
  const spatial = sizes.slice(0, 3).map((size, axis) => {
    const stride = steps[axis] ?? steps[0];
    const reach = (filter.shape[axis] - 1) * (gaps[axis] ?? gaps[0]) + 1;
    return pad === "same" ? Math.ceil(size / stride) : Math.floor((size - reach) / stride) + 1;
  });
  return [batch, ...spatial, filter.shape[4]];
}
