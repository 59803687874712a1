import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { LearnedMetric } from "../../lib/knn/mod.ts";
import { roundMetric } from "../../lib/knn/round_metric.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

await tf.setBackend("cpu");

const random = randomStream(0, "metric");
const SIZE = { height: 2, width: 3 };
const images = new ImageDataset(
  Uint8Array.from({ length: 40 * 6 }, () => Math.floor(256 * random())),
  Uint8Array.from({ length: 40 }, (_, i) => i % 10),
  SIZE,
);

Deno.test("LearnedMetric.transform() equals a hand-computed example, beyond 0..255 its ends", () => {
  const options = { centres: Int32Array.of(10, 0, 0), scale: 2 };
  const weights = Int8Array.of(1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 127, 0, -127, 0, 0, 0, 0);
  const metric = new LearnedMetric(weights, options);
  const image = new ImageDataset(Uint8Array.of(30, 200, 0, 0, 0, 5), Uint8Array.of(7), SIZE);
  const codes = metric.transform(image);
  // 128 + (30 − 5 − 10) / 2 = 135.5, and 128 + 317.5, and 128 − 12,700.
  assertEquals([...codes.image(0)], [136, 255, 0]);
  assertEquals([codes.height, codes.width, codes.label(0)], [1, 3, 7]);
});

Deno.test("LearnedMetric.transform() keeps no tensor", () => {
  const metric = new LearnedMetric(new Int8Array(12), { centres: new Int32Array(2), scale: 1 });
  const before = tf.memory().numTensors;
  metric.transform(images);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("roundMetric() keeps the distances of a map in proportion", () => {
  const dimensions = 4;
  const map = Float32Array.from({ length: 6 * dimensions }, () => random() - 0.5);
  const codes = roundMetric(map, { images, dimensions }).transform(images);
  const exact = Array.from(
    { length: 40 },
    (_, i) =>
      Array.from(
        { length: dimensions },
        (_, row) =>
          images.image(i).reduce((sum, grey, at) => sum + grey * map[at * dimensions + row], 0),
      ),
  );
  const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Math.hypot(...Array.from(a, (value, i) => value - b[i]));
  const pairs = Array.from({ length: 39 }, (_, i) => ({
    rounded: distance(codes.image(i), codes.image(i + 1)),
    exact: distance(exact[i], exact[i + 1]),
  }));
  const ratio = pairs.map(({ rounded, exact }) => rounded / exact).sort((a, b) => a - b)[19];
  // Each of the four numbers of either code is rounded by at most 0.5.
  const worst = Math.max(...pairs.map(({ rounded, exact }) => Math.abs(rounded - ratio * exact)));
  assert(worst < 2, `${worst}`);
  const ends = codes.images.filter((code) => code < 2 || code > 253).length;
  assert(ends > 0 && ends < 4, `${ends} codes at the ends of 0..255`);
});

Deno.test("LearnedMetric refuses sums that float32 cannot hold, other sizes and bad scales", () => {
  const one = { centres: new Int32Array(1), scale: 1 };
  assertThrows(
    () => new LearnedMetric(new Int8Array(600).fill(127), one),
    RangeError,
    "a weighted sum may be 19431000, at most 16777216",
  );
  const three = { centres: new Int32Array(3), scale: 1 };
  assertThrows(() => new LearnedMetric(new Int8Array(7), three), RangeError, "7 weights");
  for (const scale of [0, -1, NaN, Infinity]) {
    const options = { ...one, scale };
    assertThrows(() => new LearnedMetric(new Int8Array(6), options), RangeError, `is ${scale}`);
  }
  assertThrows(
    () => new LearnedMetric(new Int8Array(5), one).transform(images),
    RangeError,
    "images of 6 pixels: the weights are for 5",
  );
});
