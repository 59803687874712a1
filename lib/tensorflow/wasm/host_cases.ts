import { channelsFirst, paddedByNumbers, text } from "../host_cases.ts";
import type { HostCase } from "../host_kernels.ts";

const broadcastBias: HostCase = ({ bias }) => bias !== undefined && bias.shape.length !== 1;

const notFloat32: HostCase = ({ a, b }) => a?.dtype !== "float32" || b?.dtype !== "float32";

/** A slice that reaches beyond its tensor reads whatever stands there; the host's kernel throws. */
const outOfBounds: HostCase = ({ x }, { begin, size }) =>
  Array.isArray(begin) && Array.isArray(size) &&
  begin.some((start, axis) => Number(start) + Number(size[axis]) > (x?.shape[axis] ?? 0));

/**
 * When kernels of the `wasm` backend are computed on the host, as npm:@tensorflow/tfjs-backend-wasm
 * refuses such tensors or computes something else: its clips lose NaN, its casts to bool keep the
 * number, its pools with padding by numbers and its comparisons of strings read what happens to
 * stand in memory.
 */
export const WASM_HOST_CASES: Readonly<Record<string, HostCase>> = {
  AvgPool: paddedByNumbers,
  MaxPool: paddedByNumbers,
  BatchMatMul: notFloat32,
  _FusedMatMul: (inputs, attrs) => notFloat32(inputs, attrs) || broadcastBias(inputs, attrs),
  Cast: (_inputs, { dtype }) => dtype === "bool",
  ClipByValue: () => true,
  Conv2D: channelsFirst,
  Conv2DBackpropFilter: channelsFirst,
  Conv2DBackpropInput: channelsFirst,
  FusedConv2D: (inputs, attrs) => channelsFirst(inputs, attrs) || broadcastBias(inputs, attrs),
  FusedDepthwiseConv2D: broadcastBias,
  Equal: text,
  NotEqual: text,
  Greater: text,
  GreaterEqual: text,
  Less: text,
  LessEqual: text,
  Fill: (_inputs, { dtype }) => dtype === "string",
  Tile: text,
  SparseToDense: ({ sparseValues }) => sparseValues?.dtype === "string",
  Bincount: ({ x }) => x?.shape.length !== 1,
  Slice: outOfBounds,
};
