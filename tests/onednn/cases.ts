import * as tf from "@tensorflow/tfjs";
import { normalizeBatch } from "../../lib/tensorflow/kernels/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";
import { type Draw, type DrawnTensor, drawOf } from "./draw.ts";

/** A call that oneDNN has a kernel for. */
export interface Case {
  /** The operation, by its key in the table. */
  readonly operation: string;
  /** What was drawn, for people. */
  readonly words: string;
  /** What to call it with; the last is 1. */
  readonly inputs: readonly DrawnTensor[];
  /** The result, and where there are some the gradients by all inputs but the last. */
  readonly compute: (inputs: tf.Tensor[]) => tf.Tensor[];
}

type Function = (...inputs: tf.Tensor[]) => tf.Tensor;

/** What a draw gives: a function, what to call it with, and words for what else was drawn. */
interface Drawn {
  readonly inputs: readonly DrawnTensor[];
  readonly fn: Function;
  readonly words?: unknown;
  /** Whether TensorFlow.js has a gradient of it. */
  readonly gradient?: boolean;
}

/** Case `number` of a seed. The operations take turns. */
export function caseOf(seed: number, number: number): Case {
  const names = Object.keys(OPERATIONS);
  const operation = names[number % names.length];
  const { inputs, fn, words = {}, gradient = true } = OPERATIONS[operation](drawOf(seed, number));
  const shapes = inputs.map(({ shape }) => `[${shape.join(", ")}]`).join(" ");
  return {
    operation,
    words: `${shapes} ${JSON.stringify(words)}`,
    inputs: [...inputs, { shape: [], values: Float32Array.of(1) }],
    compute(tensors) {
      const [operands, one] = [tensors.slice(0, -1), tensors[inputs.length]];
      const y = fn(...operands);
      if (!gradient) return [y];
      // Times an input, or what does not depend on any would be computed before the graph runs.
      return [y, ...tf.grads(fn)(operands, tf.mul(weights(y.shape), one))];
    },
  };
}

/**
 * How much each number of a result counts in the gradients: in [0, 1), so that sums of them do not
 * cancel.
 */
function weights(shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(Float32Array.from({ length: size }, randomStream(size, "weights")), shape);
}

type Padding = [[0, 0], [number, number], [number, number], [0, 0]];

const CHANNELS = [1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 48, 64];
const KERNELS = [1, 1, 1, 2, 3, 3, 4, 5];
const STRIDES = [1, 1, 2, 2, 3];
const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 16];
const BATCHES = [0, 1, 1, 1, 2, 2, 3, 3, 5, 5, 8, 32];
const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu"] as const;
const SOME = [1, 2, 3, 5, 8, 13, 16, 31, 32, 33, 64, 100];

/** Kernels, strides and images of `rank` axes that fit together. */
function window(draw: Draw, rank: number) {
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

function convolution(draw: Draw) {
  const { pad, kernel, strides, size } = window(draw, 2);
  const [inDepth, outDepth] = [draw.pick(CHANNELS), draw.pick(CHANNELS)];
  return {
    pad,
    strides: pair(strides),
    x: draw.values([draw.pick(BATCHES), ...size, inDepth]),
    filter: draw.values([...kernel, inDepth, outDepth]),
    bias: draw.values([outDepth]),
    outDepth,
  };
}

function pair([a, b]: number[]): [number, number] {
  return [a, b];
}

function triple([a, b, c]: number[]): [number, number, number] {
  return [a, b, c];
}

function as4D(x: tf.Tensor): tf.Tensor4D {
  const [a, b, c, d] = x.shape;
  return x.as4D(a, b, c, d);
}

function as5D(x: tf.Tensor): tf.Tensor5D {
  const [a, b, c, d, e] = x.shape;
  return x.as5D(a, b, c, d, e);
}

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

const OPERATIONS: Readonly<Record<string, (draw: Draw) => Drawn>> = {
  conv2d(draw) {
    const { x, filter, strides, pad } = convolution(draw);
    return {
      inputs: [x, filter],
      fn: (x, filter) => tf.conv2d(as4D(x), as4D(filter), strides, pad),
      words: { strides, pad },
    };
  },
  "conv2d, kernel below stride": (draw) => {
    const { x, filter, pad } = convolution(draw);
    const [strides, depths] = [[draw.integer(1, 4), draw.integer(2, 4)], filter.shape.slice(2)];
    const kernel = draw.pick([[1, 1], [1, 1], [1, 2], [2, 1], [1, 3]]);
    const [batch, height, width, depth] = x.shape;
    return {
      inputs: [
        draw.values([batch, Math.max(2, height), Math.max(3, width), depth]),
        draw.values([...kernel, ...depths]),
      ],
      fn: (x, filter) => tf.conv2d(as4D(x), as4D(filter), pair(strides), pad),
      words: { strides, pad },
    };
  },
  "conv2d, dilated": (draw) => {
    const { x, filter, pad } = convolution(draw);
    const dilations = [draw.pick([1, 2, 3]), draw.pick([2, 3])];
    const reach = filter.shape.map((size, axis) => (size - 1) * (dilations[axis] ?? 0) + 1);
    const [batch, height, width, depth] = x.shape;
    const size = [Math.max(height, reach[0]), Math.max(width, reach[1])];
    return {
      inputs: [draw.values([batch, ...size, depth]), filter],
      fn: (x, filter) => tf.conv2d(as4D(x), as4D(filter), 1, pad, "NHWC", pair(dilations)),
      words: { dilations, pad },
      gradient: false,
    };
  },
  "conv2d, padded by numbers": (draw) => {
    const { x, filter, strides } = convolution(draw);
    const side = (): [number, number] => [draw.integer(0, 3), draw.integer(4, 5)];
    const [down, across] = [side(), side()];
    const pad = [[0, 0], down, across, [0, 0]] satisfies Padding;
    return {
      inputs: [x, filter],
      fn: (x, filter) => tf.conv2d(as4D(x), as4D(filter), strides, pad),
      words: { strides, pad },
      gradient: false,
    };
  },
  "conv2d + bias + activation": (draw) => {
    const { x, filter, bias, strides, pad } = convolution(draw);
    const activation = draw.pick(ACTIVATIONS);
    return {
      inputs: [x, filter, bias],
      fn: (x, filter, bias) =>
        tf.fused.conv2d({
          x: as4D(x),
          filter: as4D(filter),
          bias,
          strides,
          pad,
          activation,
          leakyreluAlpha: activation === "leakyrelu" ? 0.25 : undefined,
        }),
      words: { strides, pad, activation },
      // The others have none of the fused kernel.
      gradient: ["linear", "relu", "relu6", "elu"].includes(activation),
    };
  },
  "conv2d + bias + sum + relu": (draw) => {
    const { x, filter, bias, strides, pad } = convolution(draw);
    const shape = tf.backend_util.computeConv2DInfo(
      as4DShape(x.shape),
      as4DShape(filter.shape),
      strides,
      1,
      pad,
    ).outShape;
    return {
      inputs: [x, filter, bias, draw.values(shape)],
      fn: (x, filter, bias, other) =>
        tf.relu(tf.add(tf.add(tf.conv2d(as4D(x), as4D(filter), strides, pad), bias), other)),
      words: { strides, pad },
    };
  },
  "pad + conv2d": (draw) => {
    const { x, filter, bias, strides } = convolution(draw);
    const [above, left] = [draw.integer(2, 4), draw.integer(2, 4)];
    return {
      inputs: [x, filter, bias],
      fn: (x, filter, bias) => {
        const padded = tf.pad(as4D(x), [[0, 0], [above, 2], [left, 3], [0, 0]]);
        return tf.relu(tf.add(tf.conv2d(padded, as4D(filter), strides, "valid"), bias));
      },
      words: { strides, above, left },
    };
  },
  "conv2d + batch normalisation": (draw) => {
    const { x, filter, strides, pad, outDepth } = convolution(draw);
    const vectors = [1, 2, 3, 4].map(() => draw.values([outDepth], { positive: true }));
    return {
      inputs: [x, filter, ...vectors],
      fn: (x, filter, mean, variance, offset, scale) =>
        tf.relu(tf.batchNorm(
          tf.conv2d(as4D(x), as4D(filter), strides, pad),
          mean.as1D(),
          tf.add(variance, 0.5).as1D(),
          offset.as1D(),
          scale.as1D(),
          0.001,
        )),
      words: { strides, pad },
    };
  },
  conv2dTranspose(draw) {
    const { pad, kernel, strides, size } = window(draw, 2);
    const [inDepth, outDepth] = [draw.pick(CHANNELS), draw.pick(CHANNELS)];
    const shape = size.map((length, axis) =>
      pad === "same" ? length * strides[axis] : (length - 1) * strides[axis] + kernel[axis]
    );
    const batch = draw.pick(BATCHES);
    return {
      inputs: [
        draw.values([batch, ...size, inDepth]),
        draw.values([...kernel, outDepth, inDepth]),
      ],
      fn: (x, filter) =>
        tf.conv2dTranspose(
          as4D(x),
          as4D(filter),
          [batch, shape[0], shape[1], outDepth],
          pair(strides),
          pad,
        ),
      words: { strides, pad },
    };
  },
  depthwiseConv2d(draw) {
    const { pad, kernel, strides, size } = window(draw, 2);
    // TensorFlow has equal strides alone.
    const stride = strides[0];
    const depth = draw.pick(CHANNELS);
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), ...size, depth]),
        draw.values([...kernel, depth, draw.pick([1, 1, 2, 3])]),
      ],
      fn: (x, filter) => tf.depthwiseConv2d(as4D(x), as4D(filter), stride, pad),
      words: { stride, pad },
    };
  },
  "depthwiseConv2d + bias + activation": (draw) => {
    const { pad, kernel, strides, size } = window(draw, 2);
    const stride = strides[0];
    const depth = draw.pick(CHANNELS);
    const activation = draw.pick(["linear", "relu", "relu6", "elu"] as const);
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), ...size, depth]),
        draw.values([...kernel, depth, 1]),
        draw.values([depth]),
      ],
      fn: (x, filter, bias) =>
        tf.fused.depthwiseConv2d({
          x: as4D(x),
          filter: as4D(filter),
          bias,
          strides: stride,
          pad,
          activation,
        }),
      words: { stride, pad, activation },
    };
  },
  conv3d(draw) {
    const { pad, kernel, strides, size } = window(draw, 3);
    const [inDepth, outDepth] = [draw.pick(CHANNELS), draw.pick([1, 2, 3, 8, 16, 17])];
    return {
      inputs: [
        draw.values([
          draw.pick([1, 2, 3]),
          ...size.map((n, i) => Math.max(kernel[i], n % 7)),
          inDepth,
        ]),
        draw.values([...kernel, inDepth, outDepth]),
      ],
      fn: (x, filter) => tf.conv3d(as5D(x), as5D(filter), triple(strides), pad),
      words: { strides, pad },
    };
  },
  conv1d(draw) {
    const { pad, kernel, strides, size } = window(draw, 1);
    const depth = draw.pick(CHANNELS);
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), ...size, depth]),
        draw.values([...kernel, depth, draw.pick(CHANNELS)]),
      ],
      fn: (x, filter) => {
        const [batch, width] = x.shape;
        const [length, , outDepth] = filter.shape;
        return tf.conv1d(
          x.as3D(batch, width, depth),
          filter.as3D(length, depth, outDepth),
          strides[0],
          pad,
        );
      },
      words: { strides, pad },
    };
  },
  matMul(draw) {
    const [m, n, k] = [draw.pick(SOME), draw.pick(SOME), draw.pick(SOME)];
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
    const [m, n, k] = [draw.pick(SOME), draw.pick(SOME), draw.pick(SOME)];
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
    const [m, n, k] = [draw.pick(SOME), draw.pick(SOME), draw.pick(SOME)];
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
    const [rows, columns] = [draw.pick(SOME), draw.pick(SOME) + 1];
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
    const shape = [draw.pick(SOME), draw.pick(SIZES)];
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

function as4DShape([a, b, c, d]: number[]): [number, number, number, number] {
  return [a, b, c, d];
}
