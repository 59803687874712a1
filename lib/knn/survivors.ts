import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { principalDirections, UNIT } from "./directions.ts";
import type { Nearest } from "./nearest.ts";
import { pixelMatrix } from "./pixel_matrix.ts";

/** Queries that are compared at once: 50 x 60,000 floats are 12 MB. */
const BLOCK = 50;

/** How many training images two bounds leave for a query, on average. */
export interface Survivors {
  /** Of the images' differences so many coordinates are known. */
  readonly coordinates: number;
  /** Images that are near enough in these coordinates alone. */
  readonly byCoordinates: number;
  /** Those that are if the norms of what the coordinates leave are known, too. */
  readonly byNorms: number;
}

/**
 * Counts the training images that cannot be ruled out as one of the k nearest if only their first
 * coordinates along the directions of greatest variance are known: those whose distance in them is
 * not greater than that of the k-th neighbour. It is a picture of what pruning can do, computed in
 * float32; the search itself has bounds that cover its rounding.
 *
 * @param nearest The true neighbours of the queries.
 * @param options.coordinates The numbers of coordinates to count for.
 * @throws {RangeError} If one of them is not a whole number from 1 to that of the pixels, or there
 *   are no queries.
 */
export function survivors(
  train: ImageDataset,
  queries: ImageDataset,
  { nearest: { distances }, coordinates }: {
    readonly nearest: Nearest;
    readonly coordinates: readonly number[];
  },
): Survivors[] {
  const pixels = train.height * train.width;
  const wrong = coordinates.find((m) => !Number.isInteger(m) || m < 1 || m > pixels);
  if (wrong !== undefined) {
    throw new RangeError(`Cannot count by ${wrong} coordinates: expected 1 to ${pixels}`);
  }
  if (queries.length === 0) throw new RangeError("Cannot count survivors: there are no queries");
  const most = Math.max(...coordinates);
  const k = distances.length / queries.length;
  const { centre, rows } = principalDirections(train, most);
  return tf.tidy(() => {
    const directions = tf.tensor2d(Float32Array.from(rows, (value) => value / UNIT), [
      most,
      pixels,
    ]);
    const [trained, asked] = [train, queries].map((images) =>
      projected(images, tf.tensor1d(Float32Array.from(centre)), directions)
    );
    const limits = distances.filter((_, i) => i % k === k - 1);
    return coordinates.map((count) => {
      const sums = { byCoordinates: 0, byNorms: 0 };
      for (let from = 0; from < queries.length; from += BLOCK) {
        const to = Math.min(from + BLOCK, queries.length);
        const limit = tf.tensor2d(Float32Array.from(limits.subarray(from, to)), [to - from, 1]);
        tf.tidy(() => {
          const [x, y] = [
            firstOf(asked, from, to, count),
            firstOf(trained, 0, train.length, count),
          ];
          const near = tf.matMul(x.first, y.first, false, true).mul(-2)
            .add(x.squares).add<tf.Tensor2D>(y.squares.transpose());
          const rests = tf.squaredDifference(x.rest, y.rest.transpose());
          const counted = (bound: tf.Tensor) => tf.lessEqual(bound, limit).sum().dataSync()[0];
          sums.byCoordinates += counted(near);
          sums.byNorms += counted(near.add(rests));
        });
      }
      return {
        coordinates: count,
        byCoordinates: sums.byCoordinates / queries.length,
        byNorms: sums.byNorms / queries.length,
      };
    });
  });
}

interface Projected {
  /** `[images, directions]`. */
  readonly coordinates: tf.Tensor2D;
  /** `[images, 1]`: squared norms of the centred images. */
  readonly norms: tf.Tensor2D;
}

function projected(
  images: ImageDataset,
  centre: tf.Tensor1D,
  directions: tf.Tensor2D,
): Projected {
  return tf.tidy(() => {
    const centred = pixelMatrix(images, 0, images.length).sub<tf.Tensor2D>(centre);
    return {
      coordinates: tf.matMul<tf.Tensor2D>(centred, directions, false, true),
      norms: centred.square().sum<tf.Tensor2D>(1, true),
    };
  });
}

/** The first coordinates of some images, their squared norms, and the norms of what is left. */
function firstOf({ coordinates, norms }: Projected, from: number, to: number, count: number) {
  const first = coordinates.slice<tf.Tensor2D>([from, 0], [to - from, count]);
  const squares = first.square().sum<tf.Tensor2D>(1, true);
  const left = norms.slice<tf.Tensor2D>([from, 0], [to - from, 1]).sub<tf.Tensor2D>(squares);
  return { first, squares, rest: tf.sqrt(tf.relu(left)) };
}
