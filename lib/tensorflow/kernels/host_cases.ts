import * as tf from "@tensorflow/tfjs";
import { anyOf, channelsFirst, halfPixelCenters, paddedByNumbers, text } from "../host_cases.ts";
import type { HostCase } from "../host_kernels.ts";
import { explicitPadding, pairOf, shapeOf } from "../kernel_attributes.ts";

/** Numbers without fractions, for which TensorFlow has no such operation, or a wrong one. */
const notFloat32: HostCase = ({ x }) => x?.dtype === "int32" || x?.dtype === "bool";

/**
 * Channels before height and width, and steps of more than one, of which npm:@tensorflow/tfjs-node-gpu
 * takes those over the rows for the channels', those over the columns for the rows'.
 */
const stepsOfChannels: HostCase = (inputs, attrs) =>
  channelsFirst(inputs, attrs) &&
  [attrs.strides, attrs.dilations].flat().some((step) => step !== undefined && step !== 1);

/** Images of which there are none, or that no window fits, of which oneDNN hands back the images. */
const noOutput: HostCase = ({ x, filter }, attrs) => {
  const { pad, strides, dilations } = attrs;
  if (x === undefined || filter === undefined) return false;
  if (x.shape.includes(0)) return true;
  if (x.shape.length !== 4) {
    return pad === "valid" &&
      x.shape.slice(1, -1).some((length, axis) => length < filter.shape[axis]);
  }
  const { outShape } = tf.backend_util.computeConv2DInfo(
    shapeOf(x.shape),
    shapeOf(filter.shape),
    pairOf(strides),
    pairOf(dilations ?? 1),
    explicitPadding(pad),
    undefined,
    true,
    channelsFirst({}, attrs) ? "channelsFirst" : "channelsLast",
  );
  return outShape.includes(0);
};

/** Gradients of no output, of which oneDNN leaves what happens to stand in memory. */
const noGradient: HostCase = ({ dy }) => dy?.shape.includes(0) ?? false;

/** When kernels of the `tensorflow` backend are computed on the host. */
export const HOST_CASES: Readonly<Record<string, HostCase>> = {
  AvgPool: paddedByNumbers,
  AvgPoolGrad: anyOf(paddedByNumbers, noGradient),
  AvgPool3D: paddedByNumbers,
  AvgPool3DGrad: paddedByNumbers,
  MaxPool: paddedByNumbers,
  MaxPoolGrad: anyOf(paddedByNumbers, noGradient),
  MaxPool3D: paddedByNumbers,
  MaxPool3DGrad: paddedByNumbers,
  Conv2D: anyOf(stepsOfChannels, noOutput),
  Conv2DBackpropFilter: anyOf(paddedByNumbers, stepsOfChannels, noGradient),
  Conv2DBackpropInput: anyOf(paddedByNumbers, stepsOfChannels, noGradient),
  Conv3D: noOutput,
  DepthwiseConv2dNative: noOutput,
  FusedConv2D: anyOf(channelsFirst, noOutput),
  FusedDepthwiseConv2D: noOutput,
  Diag: ({ x }) => x?.dtype === "bool",
  LeakyRelu: notFloat32,
  Mean: notFloat32,
  Round: notFloat32,
  Step: notFloat32,
  ResizeBilinearGrad: halfPixelCenters,
  ResizeNearestNeighborGrad: halfPixelCenters,
  Greater: text,
  GreaterEqual: text,
  Less: text,
  LessEqual: text,
  // In TensorFlow a list of numbers is one index; in TensorFlow.js it is as many indices.
  ScatterNd: ({ indices }) => indices?.shape.length === 1,
};
