import * as tf from "@tensorflow/tfjs";

const ROUNDINGS = ["floor", "ceil", "round"] as const;

/** Rows and columns of zeros around an image, as TensorFlow.js describes them. */
type Padding = Parameters<typeof tf.backend_util.computeConv2DInfo>[4];

/** @throws {TypeError} If it is no padding. */
export function paddingOf(pad: unknown): Padding {
  if (pad === "same" || pad === "valid" || typeof pad === "number") return pad;
  if (Array.isArray(pad) && pad.length === 4) {
    const [, [top, bottom], [left, right]] = pad.map(numbersOf);
    return [[0, 0], [top, bottom], [left, right], [0, 0]];
  }
  throw new TypeError(`Cannot run a kernel: padding is ${pad}`);
}

/**
 * Padding with a number as numbers for each side: for one number, TensorFlow.js counts columns by
 * the height and the stride of the rows.
 *
 * @throws {TypeError} If it is no padding.
 */
export function explicitPadding(pad: unknown): Padding {
  return typeof pad === "number" ? [[0, 0], [pad, pad], [pad, pad], [0, 0]] : paddingOf(pad);
}

/** How places that strides do not reach evenly are counted. */
export function roundingOf(rounding: unknown): typeof ROUNDINGS[number] | undefined {
  return ROUNDINGS.find((known) => known === rounding);
}

/** A number for rows and one for columns, which may be one for both. */
export function pairOf(values: unknown): [down: number, across: number] {
  const [down, across = down] = numbersOf(values);
  return [down, across];
}

/**
 * The shape of images or of a filter.
 *
 * @throws {TypeError} If it does not have four numbers.
 */
export function shapeOf(values: unknown): [number, number, number, number] {
  const [a, b, c, d, ...more] = numbersOf(values);
  if (d === undefined || more.length > 0) {
    throw new TypeError(`Cannot run a kernel: shape is ${values}, expected four numbers`);
  }
  return [a, b, c, d];
}

/** Numbers, of which one may stand alone. */
export function numbersOf(values: unknown): number[] {
  return (Array.isArray(values) ? values : [values]).map(Number);
}

/**
 * How a convolution goes over images, or one of each channel by itself, by the attributes of its
 * kernel.
 *
 * @throws {TypeError} If they are not a convolution's.
 */
export function convolutionInfo(
  { images, filter }: { readonly images: unknown; readonly filter: unknown },
  { strides, dilations = 1, pad, dimRoundingMode, dataFormat }: tf.NamedAttrMap,
  { depthwise = false }: { readonly depthwise?: boolean } = {},
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computeConv2DInfo(
    shapeOf(images),
    shapeOf(filter),
    pairOf(strides),
    pairOf(dilations),
    explicitPadding(pad),
    roundingOf(dimRoundingMode),
    depthwise,
    dataFormat === "NCHW" ? "channelsFirst" : "channelsLast",
  );
}

/**
 * How a pool goes over images, by the attributes of its kernel.
 *
 * @throws {TypeError} If they are not a pool's.
 */
export function poolInfo(
  images: unknown,
  { filterSize, strides, pad, dimRoundingMode }: tf.NamedAttrMap,
): tf.backend_util.Conv2DInfo {
  return tf.backend_util.computePool2DInfo(
    shapeOf(images),
    pairOf(filterSize),
    pairOf(strides),
    1,
    explicitPadding(pad),
    roundingOf(dimRoundingMode),
  );
}
