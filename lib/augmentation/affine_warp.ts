import * as tf from "@tensorflow/tfjs";
import { warp } from "./warp.ts";

/** What {@linkcode affineWarp} takes: of each image one number, `[batch]`, or `[1]` for all. */
export interface AffineTensors {
  /** Degrees. */
  rotation: tf.Tensor;
  /** A fraction of the width. */
  widthShift: tf.Tensor;
  /** A fraction of the height. */
  heightShift: tf.Tensor;
  /** Degrees. */
  shear: tf.Tensor;
  /** A factor, above 0. */
  widthZoom: tf.Tensor;
  /** A factor, above 0. */
  heightZoom: tf.Tensor;
}

/**
 * Rotates, shifts, shears and zooms images `[batch, height, width, channels]` about their centre,
 * each by its own parameters, or all by the same, bilinearly and with the nearest pixels outside.
 *
 * With (row, column) as coordinates, a pixel is read where the product R(rotation) T(shift)
 * S(shear) Z(zoom) takes it. R is [[cos θ, -sin θ], [sin θ, cos θ]], S is [[1, -sin φ],
 * [0, cos φ]] and Z is diagonal, so that R S is [[cos θ, -sin(θ + φ)], [sin θ, cos(θ + φ)]].
 *
 * Source: apply_affine_transform() of keras-preprocessing 1.1, as of study B's time, but for its
 * centre, which lies a pixel too far right and down; ours is that of Keras 3. Keras 3 for its part
 * takes x for the column there, though it still draws x for the row, so that its two shifts have
 * changed places; here each goes along its own side.
 */
export function affineWarp(
  images: tf.Tensor4D,
  { rotation, widthShift, heightShift, shear, widthZoom, heightZoom }: AffineTensors,
): tf.Tensor4D {
  const [, height, width] = images.shape;
  const [theta, phi] = [rotation, shear].map((degrees) => tf.mul(degrees, Math.PI / 180));
  const [cos, sin, turned] = [tf.cos(theta), tf.sin(theta), tf.add(theta, phi)];
  const row = [tf.mul(cos, heightZoom), tf.neg(tf.mul(tf.sin(turned), widthZoom))];
  const column = [tf.mul(sin, heightZoom), tf.mul(tf.cos(turned), widthZoom)];
  const [down, right] = [tf.mul(heightShift, height), tf.mul(widthShift, width)];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  /** What is added to a coordinate, so that the centre stays where it is but for the shift. */
  const offset = ([byRow, byColumn]: tf.Tensor[], middle: number, shift: tf.Tensor) =>
    tf.sub(
      tf.add(shift, middle),
      tf.add(tf.mul(byRow, middleRow), tf.mul(byColumn, middleColumn)),
    );
  const rowOffset = offset(row, middleRow, tf.sub(tf.mul(cos, down), tf.mul(sin, right)));
  const columnOffset = offset(column, middleColumn, tf.add(tf.mul(sin, down), tf.mul(cos, right)));
  const none = tf.zerosLike(cos);
  // As warp() takes them: column before row.
  const transforms = tf.stack(
    [column[1], column[0], columnOffset, row[1], row[0], rowOffset, none, none],
    1,
  );
  return warp(images, transforms.as2D(cos.size, 8), {
    interpolation: "bilinear",
    fillMode: "nearest",
  });
}
