import * as tf from "@tensorflow/tfjs";
import { single } from "./kernels/execute.ts";

/**
 * Registers gradients in place of TensorFlow.js's own that are wrong on every backend: that of
 * tf.cumsum() is transposed where it is not taken over the last axis, and that of tf.mirrorPad()
 * leaves out what was mirrored.
 */
export function registerGradients(): void {
  tf.registerGradient({
    kernelName: "Cumsum",
    gradFunc: (dy, _saved, { axis, exclusive, reverse }) => ({
      x: () => tf.cumsum(single(dy), Number(axis), Boolean(exclusive), !reverse),
    }),
  });
  tf.registerGradient({
    kernelName: "MirrorPad",
    gradFunc: (dy, _saved, { paddings, mode }) => {
      const sides = Array.isArray(paddings) ? paddings : [];
      const pairs = sides.map((pair) => Array.isArray(pair) ? pair.map(Number) : [0, 0]);
      return { x: () => pairs.reduce(foldedAt(mode === "reflect" ? 1 : 0), single(dy)) };
    },
  });
}

/** Adds the mirrored ends of an axis to what they mirrored; `edge` numbers there were left out. */
function foldedAt(edge: number) {
  return (dy: tf.Tensor, [before, after]: number[], axis: number): tf.Tensor => {
    if (before === 0 && after === 0) return dy;
    const length = dy.shape[axis] - before - after;
    const part = (begin: number, size: number) =>
      tf.slice(
        dy,
        dy.shape.map((_, i) => i === axis ? begin : 0),
        dy.shape.map((whole, i) => i === axis ? size : whole),
      );
    const mirrored = (begin: number, size: number, to: number) =>
      tf.pad(
        tf.reverse(part(begin, size), axis),
        dy.shape.map((_, i) => i === axis ? [to, length - size - to] : [0, 0]),
      );
    return tf.addN([
      part(before, length),
      mirrored(0, before, edge),
      mirrored(before + length, after, length - edge - after),
    ]);
  };
}
