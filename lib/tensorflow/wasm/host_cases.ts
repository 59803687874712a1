import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { anyOf, channelsFirst, halfPixelCenters, paddedByNumbers, text } from "../host_cases.ts";
import type { HostCase } from "../host_kernels.ts";
import { numbersOf } from "../kernel_attributes.ts";

const notFloat32: HostCase = (inputs) => tensorsOf(inputs).some(({ dtype }) => dtype !== "float32");

const always: HostCase = () => true;

/** Windows of one pixel, which XNNPACK refuses. */
const onePixel: HostCase = (_inputs, { filterSize }) => numbersOf(filterSize).every((n) => n === 1);

/** A slice that reaches beyond its tensor reads whatever stands there; the host's kernel throws. */
const outOfBounds: HostCase = ({ x }, { begin, size }) =>
  Array.isArray(begin) && Array.isArray(size) &&
  begin.some((start, axis) => Number(start) + Number(size[axis]) > (x?.shape[axis] ?? 0));

/** The second of two numbers that are compared gets lost where it is NaN. */
const secondIsNaN: HostCase = ({ a, b }) =>
  notFloat32({ a, b }, {}) || b !== undefined && holds(b, NaN);

/** Slopes that are neither one number nor those of the last axes, or are no numbers. */
const otherSlopes: HostCase = ({ x, alpha }) => {
  const lengths = alpha?.shape ?? [];
  const slopes = lengths.slice(lengths.findIndex((length) => length !== 1));
  const last = x?.shape.slice(-slopes.length);
  return notFloat32({ x, alpha }, {}) || lengths.length > (x?.shape.length ?? 0) ||
    alpha !== undefined && [NaN, Infinity, -Infinity].some((value) => holds(alpha, value)) ||
    lengths.some((length) => length !== 1) && `${slopes}` !== `${last}`;
};

/**
 * Kernels of one or two tensors of fractions, which take the bits of whole numbers for fractions,
 * write four bytes for each yes or no, or divide whole numbers by 0.
 */
const OF_FRACTIONS = [
  "Abs Acos Acosh Asin Asinh Atan Atan2 Atanh Ceil Cos Cosh Elu Erf Exp Expm1 Floor FloorDiv",
  "IsFinite IsInf IsNan LeakyRelu Log Log1p Mod Neg Pow RealDiv Reciprocal Relu Relu6 Round Rsqrt",
  "Selu Sigmoid Sin Sinh Softplus Sqrt Square SquaredDifference Step Tan Tanh",
].join(" ").split(" ");

const WASM_HOST_CASES: Readonly<Record<string, HostCase>> = {
  ...Object.fromEntries(OF_FRACTIONS.map((kernel) => [kernel, notFloat32])),
  AvgPool: anyOf(paddedByNumbers, onePixel, notFloat32),
  BatchMatMul: notFloat32,
  Bincount: ({ x }) => x?.shape.length !== 1,
  Cast: (_inputs, { dtype }) => dtype === "bool",
  ClipByValue: always,
  Conv2D: channelsFirst,
  Conv2DBackpropFilter: channelsFirst,
  Conv2DBackpropInput: channelsFirst,
  Conv3DBackpropFilterV2: always,
  Conv3DBackpropInputV2: always,
  Dilation2D: always,
  Dilation2DBackpropFilter: always,
  Dilation2DBackpropInput: always,
  Equal: text,
  Fill: (_inputs, { dtype }) => dtype === "string",
  FusedConv2D: channelsFirst,
  GatherV2: (_inputs, { batchDims }) => batchDims !== 0,
  Greater: text,
  GreaterEqual: text,
  Less: text,
  LessEqual: text,
  MaxPool: anyOf(paddedByNumbers, onePixel, notFloat32),
  MaxPool3D: always,
  MaxPoolWithArgmax: always,
  Maximum: secondIsNaN,
  Minimum: secondIsNaN,
  NotEqual: text,
  OneHot: (_inputs, { dtype }) => dtype !== "int32",
  Prelu: otherSlopes,
  ResizeBilinearGrad: halfPixelCenters,
  ResizeNearestNeighborGrad: always,
  ResizeNearestNeighbor: ({ images }) => images?.dtype !== "float32",
  Reverse: ({ x }) => x?.dtype === "bool",
  RotateWithOffset: (_inputs, { fillValue }) => !Array.isArray(fillValue) && fillValue !== 0,
  Select: ({ t, e }) => t?.dtype !== e?.dtype || t?.dtype === "bool",
  Sign: always,
  Slice: outOfBounds,
  SparseToDense: ({ sparseValues }) => sparseValues?.dtype === "string",
  StridedSlice: ({ x }) => x?.dtype !== "float32",
  Tile: text,
  Transform: (_inputs, { fillMode }) => fillMode === "reflect",
};

/**
 * When kernels of the `wasm` backend are computed on the host, as npm:@tensorflow/tfjs-backend-wasm
 * refuses such tensors or computes something else:
 *
 * - Of an empty tensor, all: many stop at a division by 0, or leave memory unwritten.
 * - Of whole numbers or yes and no, those that know fractions only.
 * - Greatest numbers of windows in 3d, with their places, and of dilations: it starts from the
 *   smallest positive number, not from -∞, and so never finds a negative one.
 * - tf.gather() of batches, which reads beyond the tensor.
 * - Clips, and comparisons of which the second number is NaN, which lose it; casts to bool, which
 *   keep the number; the sign of numbers near 0; slopes that are not the last axes'.
 * - Pools with padding by numbers and comparisons of strings, which read what happens to stand in
 *   memory, and windows of one pixel, which write nothing.
 */
export function wasmHostCases(): Readonly<Record<string, HostCase>> {
  const names = tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName);
  return Object.fromEntries(
    names.map((name) => [name, anyOf(empty, WASM_HOST_CASES[name] ?? (() => false))]),
  );
}

const empty: HostCase = (inputs) =>
  tensorsOf(inputs).some(({ shape, dtype }) => dtype !== "string" && shape.includes(0));

/** Inputs by name or in a list, of which optional ones may be left out. */
function tensorsOf(inputs: object): tf.TensorInfo[] {
  return Object.values(inputs).flat().filter((input) => input !== undefined && input !== null);
}

/** Whether a tensor of fractions has a number, NaN included. */
export function holds(input: tf.TensorInfo, value: number): boolean {
  const { backend } = tf.engine();
  // A look at the memory itself: a copy would take ten times as long as the search.
  const values = isWasm(backend) ? backend.typedArrayFromHeap(input) : [];
  return values instanceof Float32Array && values.includes(value);
}

function isWasm(backend: tf.KernelBackend): backend is BackendWasm {
  return "typedArrayFromHeap" in backend;
}
