import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

interface Case {
  fn: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor;
  x: number[];
  filter: number[];
  expected: number[];
}

const CASES: Record<string, Case> = {
  "conv2d() without images": {
    fn: (x, filter) => tf.conv2d(x.as4D(0, 8, 8, 2), filter.as4D(3, 3, 2, 8), 1, "same"),
    x: [0, 8, 8, 2],
    filter: [3, 3, 2, 8],
    expected: [0, 8, 8, 8],
  },
  "conv2d() by a filter one larger than the image": {
    fn: (x, filter) => tf.conv2d(x.as4D(2, 1, 6, 2), filter.as4D(2, 1, 2, 8), [1, 2], "valid"),
    x: [2, 1, 6, 2],
    filter: [2, 1, 2, 8],
    expected: [2, 0, 3, 8],
  },
  "conv2d() to no channels": {
    fn: (x, filter) => tf.conv2d(x.as4D(2, 4, 4, 2), filter.as4D(3, 3, 2, 0), 1, "same"),
    x: [2, 4, 4, 2],
    filter: [3, 3, 2, 0],
    expected: [2, 4, 4, 0],
  },
  "fused.conv2d() without images": {
    fn: (x, filter) =>
      tf.fused.conv2d({
        x: x.as4D(0, 8, 8, 2),
        filter: filter.as4D(3, 3, 2, 8),
        bias: tf.ones([8]),
        strides: 2,
        pad: "same",
        activation: "relu",
      }),
    x: [0, 8, 8, 2],
    filter: [3, 3, 2, 8],
    expected: [0, 4, 4, 8],
  },
  "depthwiseConv2d() without images": {
    fn: (x, filter) => tf.depthwiseConv2d(x.as4D(0, 8, 8, 2), filter.as4D(3, 3, 2, 3), 1, "same"),
    x: [0, 8, 8, 2],
    filter: [3, 3, 2, 3],
    expected: [0, 8, 8, 6],
  },
  "depthwiseConv2d() by a filter one larger than the image": {
    fn: (x, filter) => tf.depthwiseConv2d(x.as4D(2, 1, 6, 2), filter.as4D(2, 1, 2, 1), 1, "valid"),
    x: [2, 1, 6, 2],
    filter: [2, 1, 2, 1],
    expected: [2, 0, 6, 2],
  },
  "conv3d() by a filter one larger than the volume": {
    fn: (x, filter) => tf.conv3d(x.as5D(2, 1, 6, 6, 2), filter.as5D(2, 1, 1, 2, 8), 1, "valid"),
    x: [2, 1, 6, 6, 2],
    filter: [2, 1, 1, 2, 8],
    expected: [2, 0, 6, 6, 8],
  },
  "maxPool() by a window one larger than the image": {
    fn: (x) => tf.maxPool(x.as4D(2, 1, 6, 2), [2, 1], 1, "valid"),
    x: [2, 1, 6, 2],
    filter: [1],
    expected: [2, 0, 6, 2],
  },
  "avgPool3d() by a window one larger than the volume": {
    fn: (x) => tf.avgPool3d(x.as5D(2, 1, 6, 4, 2), [2, 1, 1], 1, "valid"),
    x: [2, 1, 6, 4, 2],
    filter: [1],
    expected: [2, 0, 6, 4, 2],
  },
};

for (const [name, { fn, x, filter, expected }] of Object.entries(CASES)) {
  testOnTensorflow(`${name} has its shape, and gradients of zeros, in jit() too`, () => {
    const compute = (x: tf.Tensor, filter: tf.Tensor) => {
      const y = fn(x, filter);
      const both = (x: tf.Tensor, filter: tf.Tensor) =>
        tf.add(tf.sum(fn(x, filter)), tf.mul(tf.sum(filter), 0)).asScalar();
      return [y, ...tf.grads(both)([x, filter])];
    };
    const recorded = jit(compute);
    const operands: [tf.Tensor, tf.Tensor] = [tf.ones(x), tf.ones(filter)];
    const calls = Array.from({ length: 3 }, () => recorded(...operands));
    for (const [y, ...gradients] of [compute(...operands), ...calls]) {
      assertEquals(y.shape, expected);
      assertEquals(gradients.map(({ shape }) => shape), [x, filter]);
      for (const gradient of gradients) {
        assertEquals([...gradient.dataSync()], new Array(gradient.size).fill(0));
      }
    }
    recorded.dispose();
  });
}
