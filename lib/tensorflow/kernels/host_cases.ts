import { channelsFirst, paddedByNumbers, text } from "../host_cases.ts";
import type { HostCase } from "../host_kernels.ts";

/** Numbers without fractions, for which TensorFlow has no such operation, or a wrong one. */
const notFloat32: HostCase = ({ x }) => x?.dtype === "int32" || x?.dtype === "bool";

/** When kernels of the `tensorflow` backend are computed on the host. */
export const HOST_CASES: Readonly<Record<string, HostCase>> = {
  AvgPool: paddedByNumbers,
  AvgPool3D: paddedByNumbers,
  MaxPool: paddedByNumbers,
  MaxPoolGrad: paddedByNumbers,
  MaxPool3D: paddedByNumbers,
  MaxPool3DGrad: paddedByNumbers,
  Conv2DBackpropFilter: paddedByNumbers,
  Conv2DBackpropInput: paddedByNumbers,
  FusedConv2D: channelsFirst,
  Diag: ({ x }) => x?.dtype === "bool",
  LeakyRelu: notFloat32,
  Round: notFloat32,
  Step: notFloat32,
  Greater: text,
  GreaterEqual: text,
  Less: text,
  LessEqual: text,
  // In TensorFlow a list of numbers is one index; in TensorFlow.js it is as many indices.
  ScatterNd: ({ indices }) => indices?.shape.length === 1,
};
