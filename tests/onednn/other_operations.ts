import * as tf from "@tensorflow/tfjs";
import { normalizeBatch } from "../../lib/tensorflow/kernels/mod.ts";
import type { Draw } from "./draw.ts";
import {
  ACTIVATIONS,
  as4D,
  as5D,
  BATCHES,
  CHANNELS,
  type Drawn,
  type Operations,
  pair,
  ROWS,
  SIZES,
  triple,
  window,
} from "./shapes.ts";

/** Products of matrices, pools, normalisations and what else oneDNN has kernels for. */
export const OTHER_OPERATIONS: Operations = {
  matMul(draw) {
    const [m, n, k] = [draw.pick(ROWS), draw.pick(ROWS), draw.pick(ROWS)];
    const batch = draw.pick([[], [], [1], [2], [3, 2]]);
    const [first, second] = [draw.pick([false, true]), draw.pick([false, true])];
    return {
      inputs: [
        draw.values([...batch, ...(first ? [k, m] : [m, k])]),
        draw.values([...batch, ...(second ? [n, k] : [k, n])]),
      ],
      fn: (a, b) => tf.matMul(a, b, first, second),
      words: { first, second },
    };
  },
  "matMul + bias + activation": (draw) => {
    const [m, n, k] = [draw.pick(ROWS), draw.pick(ROWS), draw.pick(ROWS)];
    const activation = draw.pick([...ACTIVATIONS, "tanh", "swish"] as const);
    return {
      inputs: [draw.values([m, k]), draw.values([k, n]), draw.values([n])],
      fn: (a, b, bias) => {
        const sum = tf.add(tf.matMul(a, b), bias);
        switch (activation) {
          case "linear":
            return sum;
          case "swish":
            return tf.mul(sum, tf.sigmoid(sum));
          case "leakyrelu":
            return tf.leakyRelu(sum, 0.25);
          default:
            return tf[activation](sum);
        }
      },
      words: { activation },
    };
  },
  "matMul, scaled, + sum": (draw) => {
    const [m, n, k] = [draw.pick(ROWS), draw.pick(ROWS), draw.pick(ROWS)];
    const batch = draw.pick([[1, 1], [2, 3], [3, 1]]);
    return {
      inputs: [
        draw.values([...batch, m, k]),
        draw.values([...batch, k, n]),
        draw.values([batch[0], 1, m, n]),
      ],
      fn: (a, b, other) => tf.add(tf.mul(tf.matMul(a, b), 0.125), other),
    };
  },
  avgPool: (draw) => pooling("avgPool", draw),
  maxPool: (draw) => pooling("maxPool", draw),
  avgPool3d: (draw) => pooling3d("avgPool3d", draw),
  maxPool3d: (draw) => pooling3d("maxPool3d", draw),
  normalizeBatch(draw) {
    const channels = draw.pick(CHANNELS);
    const shape = [draw.pick([2, 3, 8]), draw.pick(SIZES), draw.pick(SIZES), channels];
    return {
      inputs: [draw.values(shape), draw.values([channels]), draw.values([channels])],
      fn: (x, gamma, beta) =>
        tf.relu(
          normalizeBatch(x, { gamma: gamma.as1D(), beta: beta.as1D(), epsilon: 0.001 }).output,
        ),
    };
  },
  "layer normalisation": (draw) => {
    const [rows, columns] = [draw.pick(ROWS), draw.pick(ROWS) + 1];
    return {
      inputs: [draw.values([2, rows, columns]), draw.values([columns]), draw.values([columns])],
      fn: (x, gamma, beta) => {
        const { mean, variance } = tf.moments(x, -1, true);
        const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 0.001)));
        return tf.add(tf.mul(normal, gamma), beta);
      },
    };
  },
  softmax: (draw) => elementwise((x) => tf.softmax(x), draw),
  relu: (draw) => elementwise(tf.relu, draw),
  relu6: (draw) => elementwise(tf.relu6, draw),
  elu: (draw) => elementwise(tf.elu, draw),
  leakyRelu: (draw) => elementwise((x) => tf.leakyRelu(x, 0.25), draw),
  tanh: (draw) => elementwise(tf.tanh, draw),
  swish: (draw) => elementwise((x) => tf.mul(x, tf.sigmoid(x)), draw),
  selu: (draw) => elementwise(tf.selu, draw),
  concat(draw) {
    const rank = draw.integer(1, 4);
    const axis = draw.integer(0, rank - 1);
    const shape = Array.from({ length: rank }, () => draw.pick(SIZES));
    const shapes = [1, 2, 3].map(() => shape.with(axis, draw.integer(0, 9)));
    return {
      inputs: shapes.map((shape) => draw.values(shape)),
      fn: (...tensors) => tf.concat(tensors, axis),
      words: { axis },
    };
  },
  transpose(draw) {
    const rank = draw.integer(2, 5);
    const axes = Array.from({ length: rank }, (_, axis) => axis);
    const permutation = axes.map((axis) => ({ axis, at: draw.integer(0, 1e6) }))
      .sort((a, b) => a.at - b.at).map(({ axis }) => axis);
    return {
      inputs: [draw.values(axes.map(() => draw.pick(SIZES)))],
      fn: (x) => tf.transpose(x, permutation),
      words: { permutation },
    };
  },
  slice(draw) {
    const shape = Array.from({ length: draw.integer(1, 5) }, () => draw.pick(SIZES));
    const begin = shape.map((size) => draw.integer(0, size - 1));
    const size = shape.map((size, axis) => draw.integer(0, size - begin[axis]));
    return {
      inputs: [draw.values(shape)],
      fn: (x) => tf.slice(x, begin, size),
      words: { begin, size },
    };
  },
  addN(draw) {
    const shape = [draw.pick(ROWS), draw.pick(SIZES)];
    return {
      inputs: Array.from({ length: draw.integer(2, 5) }, () => draw.values(shape)),
      fn: (...tensors) => tf.addN(tensors),
    };
  },
  "sum and mean": (draw) => {
    const rank = draw.integer(1, 4);
    const axis = draw.integer(0, rank - 1);
    return {
      inputs: [draw.values(Array.from({ length: rank }, () => draw.pick(SIZES)))],
      fn: (x) => tf.add(tf.sum(x, axis), tf.mean(x, axis)),
      words: { axis },
    };
  },
  localResponseNormalization(draw) {
    const radius = draw.integer(1, 5);
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), draw.pick(SIZES), draw.pick(SIZES), draw.pick(CHANNELS)]),
      ],
      fn: (x) => tf.localResponseNormalization(as4D(x), radius, 1, 0.5, 0.75),
      words: { radius },
    };
  },
  resizeBilinear(draw) {
    const size = [draw.pick(SIZES), draw.pick(SIZES)];
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), draw.pick(SIZES), draw.pick(SIZES), draw.pick(CHANNELS)]),
      ],
      fn: (x) => tf.image.resizeBilinear(as4D(x), pair(size)),
      words: { size },
    };
  },
  einsum(draw) {
    const [a, b, c, d] = [1, 2, 3, 4].map(() => draw.pick(SIZES));
    return {
      inputs: [draw.values([a, b, c]), draw.values([a, d, c])],
      fn: (x, y) => tf.einsum("abc,adc->abd", x, y),
      gradient: false,
    };
  },
};

function pooling(pool: "avgPool" | "maxPool", draw: Draw): Drawn {
  const { pad, kernel, strides, size } = window(draw, 2);
  return {
    inputs: [draw.values([draw.pick(BATCHES), ...size, draw.pick(CHANNELS)])],
    fn: (x) => tf[pool](as4D(x), pair(kernel), pair(strides), pad),
    words: { kernel, strides, pad },
  };
}

function pooling3d(pool: "avgPool3d" | "maxPool3d", draw: Draw): Drawn {
  const { pad, kernel, strides, size } = window(draw, 3);
  return {
    inputs: [draw.values([draw.pick([1, 2, 3]), ...size, draw.pick([1, 2, 3, 8, 16, 17])])],
    fn: (x) => tf[pool](as5D(x), triple(kernel), triple(strides), pad),
    words: { kernel, strides, pad },
  };
}

/** A function of each number alone. */
function elementwise(fn: (x: tf.Tensor) => tf.Tensor, draw: Draw): Drawn {
  const rank = draw.integer(1, 5);
  const { shape, values } = draw.values(Array.from({ length: rank }, () => draw.pick(SIZES)));
  return { inputs: [{ shape, values: values.map((value) => 8 * value) }], fn };
}
