import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

interface Case {
  kind: "avg" | "max";
  shape: number[];
  window: number[];
  strides: number[];
  pad: "same" | "valid" | number;
}

const CASES: Case[] = (["avg", "max"] as const).flatMap((kind) => [
  // Strides longer than windows, on all axes and on some.
  { kind, shape: [2, 2, 8, 3, 1], window: [1, 1, 1], strides: [3, 3, 3], pad: "same" },
  { kind, shape: [1, 7, 9, 9, 5], window: [1, 4, 1], strides: [1, 2, 3], pad: "same" },
  { kind, shape: [2, 5, 6, 4, 3], window: [3, 2, 1], strides: [1, 1, 1], pad: "valid" },
  // Windows larger than what they see.
  { kind, shape: [3, 4, 7, 8, 2], window: [5, 5, 5], strides: [1, 1, 1], pad: "same" },
  { kind, shape: [2, 6, 4, 5, 2], window: [3, 3, 3], strides: [2, 1, 2], pad: 1 },
  { kind, shape: [1, 4, 8, 9], window: [5, 5], strides: [1, 1], pad: "same" },
  { kind, shape: [3, 6, 4, 8], window: [3, 5], strides: [1, 1], pad: "same" },
  { kind, shape: [2, 7, 6, 3], window: [3, 3], strides: [2, 2], pad: "same" },
  { kind, shape: [2, 7, 6, 3], window: [3, 3], strides: [2, 2], pad: 1 },
  { kind, shape: [2, 7, 6, 3], window: [1, 2], strides: [3, 2], pad: "same" },
]);

/** A different number for each place, in an order that looks random, below zero and above. */
const distinct = (size: number) =>
  Float32Array.from({ length: size }, (_, i) => ((i * 7919) % size) / size - 0.5);

/** Where the windows of an axis begin and end within it. */
function windowsOf(size: number, window: number, stride: number, pad: Case["pad"]) {
  const count = pad === "same"
    ? Math.ceil(size / stride)
    : Math.floor((size - window + 2 * (pad === "valid" ? 0 : pad)) / stride) + 1;
  const total = pad === "same" ? Math.max(0, (count - 1) * stride + window - size) : 0;
  const before = typeof pad === "number" ? pad : Math.floor(total / 2);
  return Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return [Math.max(0, start), Math.min(size, start + window)];
  });
}

/** Numbers from the first to the last but one. */
const range = ([start, end]: number[]) => Array.from({ length: end - start }, (_, i) => start + i);

/** The pool and its gradient, window by window. */
function byHand({ kind, shape, window, strides, pad }: Case, x: Float32Array) {
  const [batch, ...sizes] = shape.slice(0, -1);
  const channels = shape[shape.length - 1];
  const axes = sizes.map((size, axis) => windowsOf(size, window[axis], strides[axis], pad));
  const every = (lists: number[][]): number[][] =>
    lists.reduce<number[][]>((all, list) => all.flatMap((head) => list.map((i) => [...head, i])), [
      [],
    ]);
  const y: number[] = [];
  const dx = new Float32Array(x.length);
  for (let image = 0; image < batch; image++) {
    for (const place of every(axes.map((windows) => [...windows.keys()]))) {
      const seen = every(place.map((i, axis) => range(axes[axis][i]))).map((position) =>
        position.reduce((index, i, axis) => index * sizes[axis] + i, image)
      );
      for (let channel = 0; channel < channels; channel++) {
        const values = seen.map((index) => x[index * channels + channel]);
        const weight = weightOf(y.length);
        if (kind === "avg") {
          y.push(values.reduce((a, b) => a + b) / values.length);
          seen.forEach((index) => dx[index * channels + channel] += weight / values.length);
        } else {
          y.push(Math.max(...values));
          dx[seen[values.indexOf(Math.max(...values))] * channels + channel] += weight;
        }
      }
    }
  }
  return [y, [...dx]];
}

/** How much a number of the pool counts in the gradient. */
const weightOf = (index: number) => 1 + Math.sin(index);

function pool({ kind, shape, window, strides, pad }: Case, x: tf.Tensor): tf.Tensor {
  const [a, b, c, d, e] = shape;
  const [w0, w1, w2] = window;
  const [s0, s1, s2] = strides;
  if (window.length === 2) {
    const images = x.as4D(a, b, c, d);
    return kind === "avg"
      ? tf.avgPool(images, [w0, w1], [s0, s1], pad)
      : tf.maxPool(images, [w0, w1], [s0, s1], pad);
  }
  const volumes = x.as5D(a, b, c, d, e);
  return kind === "avg"
    ? tf.avgPool3d(volumes, [w0, w1, w2], [s0, s1, s2], pad)
    : tf.maxPool3d(volumes, [w0, w1, w2], [s0, s1, s2], pad);
}

function pooled(one: Case, x: tf.Tensor): tf.Tensor[] {
  const y = pool(one, x);
  const weights = tf.tensor(Float32Array.from({ length: y.size }, (_, i) => weightOf(i)), y.shape);
  return [y, tf.grad((x: tf.Tensor) => pool(one, x))(x, weights)];
}

for (const one of CASES) {
  testOnTensorflow(
    `a pool and its gradient are as by hand, in jit() too: ${JSON.stringify(one)}`,
    () => {
      const x = distinct(tf.util.sizeFromShape(one.shape));
      const expected = byHand(one, x);
      const tensor = tf.tensor(x, one.shape);
      const recorded = jit((x: tf.Tensor) => pooled(one, x));
      // What is computed on the host is not recorded.
      const calls = typeof one.pad === "number" ? 0 : 3;
      const results = Array.from({ length: calls }, () => recorded(tensor));
      for (const result of [pooled(one, tensor), ...results]) {
        result.forEach((tensor, which) => {
          assertEquals(tensor.size, expected[which].length);
          tensor.dataSync().forEach((value, i) => {
            const apart = Math.abs(value - expected[which][i]);
            assert(apart < 1e-4, `tensor ${which}, value ${i} is apart by ${apart}`);
          });
        });
      }
      recorded.dispose();
    },
  );
}

testOnTensorflow("the gradient of a mean with padding is what finite differences say", () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const mean = (x: tf.Tensor) =>
    tf.sum(tf.avgPool(x.as4D(1, 3, 3, 1), 3, 1, [[0, 0], [1, 1], [0, 0], [0, 0]]));
  const gradient = tf.grad(mean)(x).dataSync();
  const [before] = mean(x).dataSync();
  gradient.forEach((slope, i) => {
    const step = tf.oneHot(tf.scalar(i, "int32"), 9).toFloat().as4D(1, 3, 3, 1);
    const [after] = mean(tf.add(x, step)).dataSync();
    assert(Math.abs(after - before - slope) < 1e-5, `${i}: ${slope}, not ${after - before}`);
  });
});

testOnTensorflow("the gradient of a maximum of volumes goes to the first of equal ones", () => {
  const gradient = tf.grad((x: tf.Tensor) => tf.maxPool3d(x.as5D(1, 2, 2, 2, 1), 2, 2, "valid"));
  assertEquals([...gradient(tf.ones([1, 2, 2, 2, 1])).dataSync()], [1, 0, 0, 0, 0, 0, 0, 0]);
});
