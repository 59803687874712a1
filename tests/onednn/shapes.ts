import type * as tf from "@tensorflow/tfjs";
import type { Draw, DrawnTensor } from "./draw.ts";

type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor;

/** What a draw gives: a function, what to call it with, and words for what else was drawn. */
export interface Drawn {
  readonly inputs: readonly DrawnTensor[];
  readonly fn: TensorFunction;
  readonly words?: unknown;
  /** Whether TensorFlow.js has a gradient of it. */
  readonly gradient?: boolean;
}

/** The operations of a group, by name. */
export type Operations = Readonly<Record<string, (draw: Draw) => Drawn>>;

/** Counts of channels: at, below and above what oneDNN takes at once. */
export const CHANNELS = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 48, 64];
/** Heights, widths and depths. */
export const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16];
/** Counts of images. */
export const BATCHES = [0, 1, 1, 1, 2, 2, 3, 3, 5, 5, 8, 32];
/** Rows and columns of matrices. */
export const ROWS = [1, 2, 3, 5, 8, 13, 16, 31, 32, 33, 64, 100];
const KERNELS = [1, 1, 1, 2, 3, 3, 4, 5];
const STRIDES = [1, 1, 2, 2, 3];

/** What TensorFlow fuses with what comes before. */
export const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu"] as const;

/** Kernels, strides and images of `rank` axes that fit together. */
export function window(draw: Draw, rank: number) {
  const pad = draw.pick(["same", "valid"] as const);
  const square = draw.integer(0, 2) > 0;
  const less = draw.pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const axes = Array.from({ length: rank }, () => ({
    kernel: draw.pick(KERNELS),
    stride: draw.pick(STRIDES),
    size: draw.pick(SIZES),
  }));
  const chosen = axes.map((axis) => ({ ...(square ? axes[0] : axis), size: axis.size }));
  return {
    pad,
    kernel: chosen.map(({ kernel }) => kernel),
    strides: chosen.map(({ stride }) => stride),
    // One less than the kernel leaves nothing.
    size: chosen.map(({ kernel, size }) => pad === "valid" ? Math.max(size, kernel - less) : size),
  };
}

/** Two numbers of a list. */
export function pair([a, b]: number[]): [number, number] {
  return [a, b];
}

/** Three numbers of a list. */
export function triple([a, b, c]: number[]): [number, number, number] {
  return [a, b, c];
}

/** Images of their own shape, for the checker. */
export function as4D(x: tf.Tensor): tf.Tensor4D {
  const [a, b, c, d] = x.shape;
  return x.as4D(a, b, c, d);
}

/** Volumes of their own shape, for the checker. */
export function as5D(x: tf.Tensor): tf.Tensor5D {
  const [a, b, c, d, e] = x.shape;
  return x.as5D(a, b, c, d, e);
}
