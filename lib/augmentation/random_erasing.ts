import * as tf from "@tensorflow/tfjs";
import type { RandomGenerator } from "../tensorflow/mod.ts";
import { checkNumber, checkRange } from "./check_options.ts";
import { insideRectangles, type Rectangles } from "./rectangles.ts";

/**
 * How many rectangles are drawn for an image; the first that fits is taken. By the defaults a
 * rectangle fits an image of 28x28 with a probability of 0.329, so that none of 64 does once in
 * 10¹¹ images.
 */
const CANDIDATES = 64;

/** Options of {@linkcode randomErasing}. */
export interface RandomErasingOptions {
  /**
   * With which probability an image has a part erased, 0 to 1.
   *
   * @default {0.5}
   */
  probability?: number;
  /**
   * From which fractions of the image's area the rectangle's is drawn, 0 to 1.
   *
   * @default {[0.02, 0.4]}
   */
  area?: readonly [number, number];
  /**
   * From which ratios of height to width the rectangle's is drawn, 0.01 to 100.
   *
   * @default {[0.3, 1 / 0.3]}
   */
  aspectRatio?: readonly [number, number];
}

/**
 * Fills a random rectangle of some of the images `[batch, height, width, channels]` with noise,
 * each value drawn evenly from 0 to 1.
 *
 * Area, aspect ratio and the top left corner are drawn evenly, the corner from all pixels, and
 * height and width are rounded down; a rectangle that does not fit into the image is drawn anew.
 * Large ones fit less often, so that the mean erased area is less than the middle of `area` (0.135
 * of 28x28 pixels by the defaults). An image for which none of 64 rectangles fits stays as it is.
 *
 * Source: Zhong, Zheng, Kang, Li and Yang, "Random Erasing Data Augmentation", 2017, algorithm 1,
 * with the noise per pixel and the defaults of yu4u/cutout-random-erasing, as in study B.
 *
 * @throws {RangeError} If an option is out of its bounds, or the ends of a range out of order.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { RandomGenerator } from "../tensorflow/mod.ts";
 * import { randomErasing } from "./mod.ts";
 *
 * const images: tf.Tensor4D = tf.zeros([1, 28, 28, 1]);
 * const erased = randomErasing(images, new RandomGenerator(0), { probability: 1 });
 * assert(tf.max(erased).dataSync()[0] > 0);
 * ```
 */
export function randomErasing(
  images: tf.Tensor4D,
  random: RandomGenerator,
  { probability = 0.5, area = [0.02, 0.4], aspectRatio = [0.3, 1 / 0.3] }: RandomErasingOptions =
    {},
): tf.Tensor4D {
  checkNumber("probability", probability, 0, 1);
  checkRange("area", area, 0, 1);
  checkRange("aspectRatio", aspectRatio, 0.01, 100);
  return tf.tidy(() => {
    const rectangles = drawRectangles(images.shape, random, { probability, area, aspectRatio });
    const noise = random.uniform(images.shape).as4D(...images.shape);
    return tf.where(insideRectangles(rectangles, images.shape), noise, images);
  });
}

function drawRectangles(
  [batch, rows, columns]: tf.Tensor4D["shape"],
  random: RandomGenerator,
  { probability, area, aspectRatio }: Required<RandomErasingOptions>,
): Rectangles {
  const between = (drawn: tf.Tensor, [low, high]: readonly [number, number]) =>
    tf.add(low, tf.mul(drawn, high - low));
  const drawn = tf.unstack(random.uniform([4, batch, CANDIDATES]));
  const pixels = tf.mul(between(drawn[0], area), rows * columns);
  const ratio = between(drawn[1], aspectRatio);
  const height = tf.floor(tf.sqrt(tf.mul(pixels, ratio)));
  const width = tf.floor(tf.sqrt(tf.div(pixels, ratio)));
  const top = tf.floor(tf.mul(drawn[2], rows));
  const left = tf.floor(tf.mul(drawn[3], columns));
  const fits = tf.cast(
    tf.logicalAnd(
      tf.lessEqual(tf.add(top, height), rows),
      tf.lessEqual(tf.add(left, width), columns),
    ),
    "float32",
  );
  const isErased = tf.cast(tf.less(random.uniform([batch, 1]), probability), "float32");
  // 1 for the first candidate that fits, else 0; so if none fits, the rectangle is empty.
  const isTaken = tf.mul(
    tf.mul(fits, tf.cast(tf.equal(tf.cumsum(fits, 1), 1), "float32")),
    isErased,
  );
  const taken = (candidates: tf.Tensor) => tf.sum(tf.mul(candidates, isTaken), 1);
  return { top: taken(top), left: taken(left), height: taken(height), width: taken(width) };
}
