import * as tf from "@tensorflow/tfjs";
import type { Draw } from "./draw.ts";
import {
  ACTIVATIONS,
  as4D,
  as5D,
  BATCHES,
  CHANNELS,
  type Operations,
  pair,
  triple,
  window,
} from "./shapes.ts";

type Padding = [[0, 0], [number, number], [number, number], [0, 0]];

/** Convolutions, alone and with what TensorFlow fuses them with. */
export const CONVOLUTIONS: Operations = {
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
  "conv2d to one column": (draw) => {
    const [across, down] = [draw.integer(1, 5), draw.integer(1, 3)];
    const depths = [draw.pick([1, 1, 2, 8]), draw.pick([1, 2, 16, 17])];
    const strides: [number, number] = [draw.integer(1, 3), draw.integer(1, 4)];
    const size = [draw.integer(down, 9), draw.integer(across, across + strides[1] - 1)];
    return {
      inputs: [
        draw.values([draw.pick(BATCHES), ...size, depths[0]]),
        draw.values([down, across, ...depths]),
      ],
      fn: (x, filter) => tf.conv2d(as4D(x), as4D(filter), strides, "valid"),
      words: { strides },
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
};

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

function as4DShape([a, b, c, d]: number[]): [number, number, number, number] {
  return [a, b, c, d];
}
