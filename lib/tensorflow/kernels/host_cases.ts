import { anyOf, channelsFirst, halfPixelCenters, paddedByNumbers, text } from "../host_cases.ts";
import type { HostCase } from "../host_kernels.ts";

/** Numbers without fractions, for which TensorFlow has no such operation, or a wrong one. */
const notFloat32: HostCase = ({ x }) => x?.dtype === "int32" || x?.dtype === "bool";

/**
 * Channels before height and width, and steps of more than one, of which npm:@tensorflow/tfjs-node-gpu
 * takes those over the rows for the channels', those over the columns for the rows'.
 */
const stepsOfChannels: HostCase = (inputs, attrs) =>
  channelsFirst(inputs, attrs) &&
  [attrs.strides, attrs.dilations].flat().some((step) => step !== undefined && step !== 1);

/** When kernels of the `tensorflow` backend are computed on the host. */
export const HOST_CASES: Readonly<Record<string, HostCase>> = {
  AvgPool: paddedByNumbers,
  AvgPool3D: paddedByNumbers,
  MaxPool: paddedByNumbers,
  MaxPoolGrad: paddedByNumbers,
  MaxPool3D: paddedByNumbers,
  MaxPool3DGrad: paddedByNumbers,
  Conv2D: stepsOfChannels,
  Conv2DBackpropFilter: anyOf(paddedByNumbers, stepsOfChannels),
  Conv2DBackpropInput: anyOf(paddedByNumbers, stepsOfChannels),
  FusedConv2D: channelsFirst,
  Diag: ({ x }) => x?.dtype === "bool",
  LeakyRelu: notFloat32,
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
