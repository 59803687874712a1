import * as tf from "@tensorflow/tfjs";

/** One rectangle an image, in whole pixels; each tensor is `[batch]`. */
export interface Rectangles {
  /** The first row. */
  top: tf.Tensor;
  /** The first column. */
  left: tf.Tensor;
  /** How many rows. */
  height: tf.Tensor | number;
  /** How many columns. */
  width: tf.Tensor | number;
}

/**
 * Which pixels of images of a shape `[batch, height, width, channels]` lie within the image's
 * rectangle: bool, `[batch, height, width, 1]`. What sticks out of an image is cut off.
 */
export function insideRectangles(
  { top, left, height, width }: Rectangles,
  [batch, rows, columns]: tf.Tensor4D["shape"],
): tf.Tensor4D {
  const within = (start: tf.Tensor, length: tf.Tensor | number, size: number) => {
    const [first, end] = [start, tf.add(start, length)].map((tensor) => tf.expandDims(tensor, 1));
    const places = tf.range(0, size);
    return tf.logicalAnd(tf.greaterEqual(places, first), tf.less(places, end));
  };
  return tf.logicalAnd(
    tf.reshape(within(top, height, rows), [batch, rows, 1, 1]),
    tf.reshape(within(left, width, columns), [batch, 1, columns, 1]),
  );
}
