import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomErasing, type RandomErasingOptions } from "../../lib/augmentation/mod.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { assertEven, imagesOf, pictures, withRandom } from "./pictures.ts";

const SIDE = 28;

/** Erases parts of images of -1, so that what is erased can be told; `undefined` where nothing is. */
function erase(batch: number, options: RandomErasingOptions = {}) {
  const images = tf.fill([batch, SIDE, SIDE, 1], -1).as4D(batch, SIDE, SIDE, 1);
  return imagesOf(withRandom(3, (random) => randomErasing(images, random, options))).map(
    (image) => {
      const erased = [...image.keys()].filter((i) => image[i] !== -1);
      if (erased.length === 0) return undefined;
      const [top, bottom] = [erased[0], erased[erased.length - 1]].map((i) => Math.floor(i / SIDE));
      const columns = erased.map((i) => i % SIDE);
      const [left, right] = [Math.min(...columns), Math.max(...columns)];
      const [height, width] = [bottom - top + 1, right - left + 1];
      // No pixel within it is left out.
      assertEquals(erased.length, height * width);
      return { top, left, height, width, noise: erased.map((i) => image[i]) };
    },
  );
}

/** What `value` is on average over all rectangles that fit, by integration over area and ratio. */
function expected(value: (rectangle: { height: number; width: number }) => number): number {
  let [sum, weights] = [0, 0];
  const steps = 500;
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const pixels = (0.02 + 0.38 * (i + 0.5) / steps) * SIDE ** 2;
      const ratio = 0.3 + (1 / 0.3 - 0.3) * (j + 0.5) / steps;
      const height = Math.floor(Math.sqrt(pixels * ratio));
      const width = Math.floor(Math.sqrt(pixels / ratio));
      // How many corners it fits with.
      const weight = Math.max(0, SIDE - height + 1) * Math.max(0, SIDE - width + 1);
      sum += weight * value({ height, width });
      weights += weight;
    }
  }
  return sum / weights;
}

testOnEachBackend("randomErasing() erases as many images as it is told", () => {
  for (const probability of [0.5, 0.2]) {
    const share = erase(2000, { probability }).filter(Boolean).length / 2000;
    const error = Math.sqrt(probability * (1 - probability) / 2000);
    assertAlmostEquals(share, probability, 5 * error);
  }
});

testOnEachBackend("randomErasing() draws rectangles that fit, as redrawing them would", () => {
  const rectangles = erase(1500, { probability: 1 }).filter((rectangle) => rectangle !== undefined);
  assertEquals(rectangles.length, 1500);
  const measures: ((rectangle: { height: number; width: number }) => number)[] = [
    ({ height }) => height,
    ({ width }) => width,
    ({ height, width }) => height * width,
    ({ height, width }) => height / width,
    ({ height, width }) => height > width ? 1 : 0,
  ];
  for (const measure of measures) {
    const mean = rectangles.reduce((sum, rectangle) => sum + measure(rectangle), 0) / 1500;
    const target = expected(measure);
    const variance = expected((rectangle) => (measure(rectangle) - target) ** 2);
    assertAlmostEquals(mean, target, 5 * Math.sqrt(variance / 1500), String(measure));
  }
  for (const { height, width } of rectangles) {
    // Rounding down makes both less by less than 1.
    assert((height + 1) * (width + 1) > 0.02 * SIDE ** 2 && height * width <= 0.4 * SIDE ** 2);
    assert((height + 1) / width > 0.3 && height / (width + 1) < 1 / 0.3);
  }
  // Each corner is as likely as any other for a rectangle of that size.
  assertEven(
    rectangles.map(({ top, height }) => (top + 0.5) / (SIDE - height + 1)),
    0,
    1,
  );
  assertEven(
    rectangles.map(({ left, width }) => (left + 0.5) / (SIDE - width + 1)),
    0,
    1,
  );
});

testOnEachBackend("randomErasing() fills with noise from 0 to 1, different in each pixel", () => {
  const noise = erase(60).flatMap((rectangle) => rectangle?.noise ?? []);
  assertEven(noise, 0, 1);
  // 2²³ or more different numbers: few pairs are equal.
  assert(new Set(noise).size > 0.99 * noise.length);
});

testOnEachBackend("randomErasing() leaves the rest of an image as it is, in all channels", () => {
  const images = pictures([4, 9, 12, 3]);
  const erased = withRandom(0, (random) => randomErasing(images, random, { probability: 1 }));
  const values = images.dataSync();
  const changed = erased.dataSync().map((value, i) => value === values[i] ? 0 : 1);
  for (let i = 0; i < changed.length; i += 3) {
    assertEquals([changed[i + 1], changed[i + 2]], [changed[i], changed[i]]);
  }
  assert(changed.includes(0) && changed.includes(1));
});

testOnEachBackend(
  "randomErasing() leaves an image as it is if no rectangle fits, or none is asked for",
  () => {
    const images = pictures([2, 8, 4, 1]);
    for (
      const options of [{ probability: 0 }, {
        probability: 1,
        area: [1, 1],
        aspectRatio: [1, 1],
      }] as const
    ) {
      const same = withRandom(0, (random) => randomErasing(images, random, options));
      assertEquals(same.dataSync(), images.dataSync());
    }
  },
);

Deno.test("randomErasing() refuses options out of their bounds", () => {
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    const refuses = (options: RandomErasingOptions, message: string) =>
      assertThrows(
        () => withRandom(0, (random) => randomErasing(images, random, options)),
        RangeError,
        `Cannot augment images: ${message}`,
      );
    refuses({ probability: 1.1 }, "probability is 1.1, expected 0 to 1");
    refuses({ probability: NaN }, "probability is NaN");
    refuses({ area: [0.4, 0.02] }, "area is [0.4, 0.02], expected two numbers from 0 to 1, the");
    refuses({ area: [0, 1.5] }, "area is [0, 1.5]");
    refuses({ area: [NaN, 1] }, "area is [NaN, 1]");
    refuses(
      { aspectRatio: [0, 1] },
      "aspectRatio is [0, 1], expected two numbers from 0.01 to 100",
    );
    refuses({ aspectRatio: [1, Infinity] }, "aspectRatio is [1, Infinity]");
  });
});
