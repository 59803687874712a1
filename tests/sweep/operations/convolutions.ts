import type { Draft, Operation } from "../draft.ts";

/** Images with channels last: batch, so many lengths, channels. */
function images(d: Draft, dimensions: number, { channels = d.int(1, 5) } = {}): number[] {
  const lengths = Array.from({ length: dimensions }, () => d.int(1, dimensions > 2 ? 5 : 8));
  return [d.chance(0.03) ? 0 : d.int(1, 3), ...lengths, channels];
}

/** One number for all dimensions, or one for each. */
function each(d: Draft, dimensions: number, most: number): string {
  const numbers = Array.from({ length: dimensions }, () => d.int(1, most));
  return d.chance(0.5) ? `${numbers[0]}` : JSON.stringify(numbers);
}

const lengths = (d: Draft, dimensions: number, most: number) =>
  Array.from({ length: dimensions }, () => d.int(1, most));

/**
 * Padding by name or for each side: for one number, TensorFlow.js counts columns by the height and
 * the stride of the rows.
 */
function padded(d: Draft): string {
  if (d.chance(0.75)) return d.pick(['"same"', '"valid"']);
  return `[[0, 0], [${d.int(0, 2)}, ${d.int(0, 2)}], [${d.int(0, 2)}, ${d.int(0, 2)}], [0, 0]]`;
}

const rounding = (d: Draft, pad: string) =>
  pad.startsWith('"') ? "undefined" : `"${d.pick(["floor", "ceil", "round"])}"`;

/** A convolution's gradient does not know of another rounding. */
const roundedDown = (pad: string) => pad.startsWith('"') ? "undefined" : '"floor"';

/** Strides, or dilations, of which one must be 1. */
function steps(d: Draft, dimensions: number): [strides: string, dilations: string] {
  return d.chance(0.7) ? [each(d, dimensions, 4), "1"] : ["1", each(d, dimensions, 3)];
}

const float = (d: Draft, shape: number[]) => d.float(shape, d.chance(0.05) ? "special" : "plain");

function conv2d(d: Draft): string {
  const shape = images(d, 2);
  const filter = [...lengths(d, 2, 4), shape[3], d.int(1, 5)];
  const [strides, dilations] = steps(d, 2);
  const pad = padded(d);
  const options = `${strides}, ${pad}, "NHWC", ${dilations}, ${roundedDown(pad)}`;
  return `tf.conv2d(${float(d, shape)}, ${d.float(filter)}, ${options})`;
}

function depthwise(d: Draft): string {
  const shape = images(d, 2);
  const filter = [...lengths(d, 2, 4), shape[3], d.int(1, 3)];
  const [strides, dilations] = steps(d, 2);
  const options = `${strides}, ${padded(d)}, "NHWC", ${dilations}`;
  return `tf.depthwiseConv2d(${float(d, shape)}, ${d.float(filter)}, ${options})`;
}

const pool = (name: string, dimensions: number): Operation => (d) => {
  const pad = dimensions === 2 ? padded(d) : d.pick(['"same"', '"valid"', "1"]);
  const size = lengths(d, dimensions, 4);
  // TensorFlow's own pool in 3d starts elsewhere where strides leave rows over, and
  // has another of equal maxima.
  const strides = size.map((length) => d.int(1, dimensions === 2 ? 4 : length));
  const values = dimensions > 2 ? "distinct" : d.chance(0.1) ? "special" : "plain";
  const x = d.float(images(d, dimensions), values);
  return `tf.${name}(${x}, [${size}], [${strides}], ${pad}, ${rounding(d, pad)})`;
};

const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"];

/** What a fused operation does after its product: a bias, an activation. */
function finish(d: Draft, channels: number): string {
  const activation = d.pick(ACTIVATIONS);
  const bias = d.chance(0.7) ? `, bias: ${d.float([channels])}` : "";
  const weights = activation === "prelu"
    ? `, preluActivationWeights: ${d.float([channels])}`
    : activation === "leakyrelu"
    ? ", leakyreluAlpha: 0.3"
    : "";
  return `activation: "${activation}"${bias}${weights}`;
}

function matMulShapes(d: Draft) {
  const [rows, shared, columns] = [d.int(1, 6), d.chance(0.2) ? d.int(45, 110) : d.int(1, 7), 0]
    .map((length, i) => i === 2 ? d.int(1, 6) : d.chance(0.03) ? 0 : length);
  const batch = d.shape(d.pick([0, 0, 1, 2]), { longest: 3, empty: false });
  const some = (shape: number[]) => shape.map((length) => d.chance(0.2) ? 1 : length);
  const [first, second] = [d.chance(0.4), d.chance(0.4)];
  return {
    a: [...some(batch), ...(first ? [shared, rows] : [rows, shared])],
    b: [...some(batch), ...(second ? [columns, shared] : [shared, columns])],
    columns,
    first,
    second,
  };
}

/** Convolutions, pools and products of matrices. */
export const CONVOLUTIONS: Record<string, Operation> = {
  conv2d,
  conv2dNarrow: (d) => {
    const filter = [...lengths(d, 2, 3), 1, 1];
    const options = `${each(d, 2, 4)}, ${padded(d)}`;
    return `tf.conv2d(${d.float(images(d, 2, { channels: 1 }))}, ${d.float(filter)}, ${options})`;
  },
  conv2dChannelsFirst: (d) => {
    const shape = images(d, 2);
    const x = d.float([shape[0], shape[3], shape[1], shape[2]]);
    const filter = d.float([...lengths(d, 2, 3), shape[3], d.int(1, 3)]);
    return `tf.conv2d(${x}, ${filter}, ${each(d, 2, 2)}, "${d.pick(["same", "valid"])}", "NCHW")`;
  },
  conv1d: (d) => {
    const shape = images(d, 1);
    const filter = [d.int(1, 4), shape[2], d.int(1, 4)];
    const [stride, dilation] = d.chance(0.7) ? [d.int(1, 3), 1] : [1, d.int(1, 3)];
    const options = `${stride}, "${d.pick(["same", "valid"])}", "NWC", ${dilation}`;
    return `tf.conv1d(${d.float(shape)}, ${d.float(filter)}, ${options})`;
  },
  conv3d: (d) => {
    const shape = images(d, 3, { channels: d.int(1, 3) });
    const filter = [...lengths(d, 3, 3), shape[4], d.int(1, 3)];
    const strides = each(d, 3, 3);
    const pad = d.pick(["same", "valid"]);
    return `tf.conv3d(${float(d, shape)}, ${d.float(filter)}, ${strides}, "${pad}")`;
  },
  conv2dTranspose: (d) => transposed(d, 2),
  conv3dTranspose: (d) => transposed(d, 3),
  depthwiseConv2d: depthwise,
  separableConv2d: (d) => {
    const shape = images(d, 2);
    const multiplier = d.int(1, 2);
    const depth = d.float([...lengths(d, 2, 3), shape[3], multiplier]);
    const point = d.float([1, 1, shape[3] * multiplier, d.int(1, 3)]);
    const size = d.int(1, 2);
    return `tf.separableConv2d(${d.float(shape)}, ${depth}, ${point}, ${size}, ${padded(d)})`;
  },
  dilation2d: (d) => {
    const shape = images(d, 2);
    const filter = [...lengths(d, 2, 3), shape[3]];
    const values = "distinct";
    const pad = d.pick(["same", "valid"]);
    const options = `${each(d, 2, 3)}, "${pad}", ${d.chance(0.6) ? 1 : each(d, 2, 2)}`;
    return `tf.dilation2d(${d.float(shape, values)}, ${d.float(filter, values)}, ${options})`;
  },
  maxPool: pool("maxPool", 2),
  avgPool: pool("avgPool", 2),
  maxPool3d: pool("maxPool3d", 3),
  avgPool3d: pool("avgPool3d", 3),
  maxPoolWithArgmax: (d) => {
    const x = d.float(images(d, 2), "plain");
    const pad = d.pick(["same", "valid"]);
    const options = `${each(d, 2, 3)}, ${each(d, 2, 3)}, "${pad}", ${d.chance(0.5)}`;
    return `Object.values(tf.maxPoolWithArgmax(${x}, ${options}))`;
  },
  pool: (d) => {
    const [strides, dilations] = steps(d, 2);
    const type = d.pick(["max", "avg"]);
    const pad = d.pick(["same", "valid"]);
    const options = `${each(d, 2, 3)}, "${type}", "${pad}", ${dilations}, ${strides}`;
    return `tf.pool(${d.float(images(d, 2))}, ${options})`;
  },
  fusedConv2d: (d) => {
    const shape = images(d, 2);
    const filter = [...lengths(d, 2, 3), shape[3], d.int(1, 4)];
    const options = `strides: ${each(d, 2, 3)}, pad: ${padded(d)}, ${finish(d, filter[3])}`;
    return `tf.fused.conv2d({ x: ${d.float(shape)}, filter: ${d.float(filter)}, ${options} })`;
  },
  fusedDepthwiseConv2d: (d) => {
    const shape = images(d, 2);
    const filter = [...lengths(d, 2, 3), shape[3], d.int(1, 2)];
    const channels = filter[2] * filter[3];
    const options = `strides: ${d.int(1, 3)}, pad: ${padded(d)}, ${finish(d, channels)}`;
    const tensors = `x: ${d.float(shape)}, filter: ${d.float(filter)}`;
    return `tf.fused.depthwiseConv2d({ ${tensors}, ${options} })`;
  },
  matMul: (d) => {
    const { a, b, first, second } = matMulShapes(d);
    const make = (shape: number[]) => d.chance(0.95) ? float(d, shape) : d.whole(shape);
    return `tf.matMul(${make(a)}, ${make(b)}, ${first}, ${second})`;
  },
  fusedMatMul: (d) => {
    const { a, b, columns, first, second } = matMulShapes(d);
    const options = `transposeA: ${first}, transposeB: ${second}, ${finish(d, columns)}`;
    return `tf.fused.matMul({ a: ${d.float(a)}, b: ${d.float(b)}, ${options} })`;
  },
  // The package keeps what it made of a right factor: it must not take it for another's.
  matMulByViews: (d) => {
    const [rows, columns] = [d.int(1, 6), d.int(1, 6)];
    const b = d.float([rows, columns]);
    const turned = d.chance(0.5) ? `tf.reshape(${b}, [${columns}, ${rows}])` : `tf.clone(${b})`;
    const second = turned.startsWith("tf.reshape") ? columns : rows;
    const [left, right] = [d.float([d.int(1, 3), rows]), d.float([d.int(1, 3), second])];
    return `[tf.matMul(${left}, ${b}), tf.matMul(${right}, ${turned}), tf.matMul(${left}, ${b})]`;
  },
  convByViews: (d) => {
    const filter = d.float([2, 3, 2, 3]);
    const x = d.float([1, 5, 5, 2]);
    const y = d.float([1, 5, 5, 3]);
    const view = `tf.reshape(${filter}, ${d.pick(["[3, 2, 3, 2]", "[1, 4, 3, 3]"])})`;
    return `[tf.conv2d(${x}, ${filter}, 1, "same"), tf.conv2d(${y}, ${view}, 1, "same")]`;
  },
  einsum: (d) => {
    const [i, j, k] = lengths(d, 3, 4);
    const [equation, a, b] = d.pick(
      [
        ["ij,jk->ik", [i, j], [j, k]],
        ["ij,kj->ki", [i, j], [k, j]],
        ["bij,bjk->bik", [2, i, j], [2, j, k]],
        ["ij,ij->j", [i, j], [i, j]],
      ] as const,
    );
    return `tf.einsum("${equation}", ${d.float(a)}, ${d.float(b)})`;
  },
};

/** A transposed convolution to a shape of which its input is a convolution. */
function transposed(d: Draft, dimensions: 2 | 3): string {
  const [size, strides] = [lengths(d, dimensions, 3), lengths(d, dimensions, 3)];
  const shape = images(d, dimensions, { channels: d.int(1, 3) });
  const pad = d.pick(["same", "valid"]);
  const output = shape.slice(1, -1).map((length, i) =>
    pad === "same" ? length * strides[i] : (length - 1) * strides[i] + size[i]
  );
  const channels = d.int(1, 3);
  const filter = [...size, channels, shape[dimensions + 1]];
  const to = JSON.stringify([shape[0], ...output, channels]);
  const options = `${to}, ${JSON.stringify(strides)}, "${pad}"`;
  return `tf.conv${dimensions}dTranspose(${d.float(shape)}, ${d.float(filter)}, ${options})`;
}
