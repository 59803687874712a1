import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomHorizontalFlip } from "../../lib/augmentation/mod.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { imagesOf, pictures, withRandom } from "./pictures.ts";

testOnEachBackend("randomHorizontalFlip() makes left right, of every channel", () => {
  const image = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], [1, 2, 3, 2]);
  const flipped = (probability: number) =>
    withRandom(0, (random) => [...randomHorizontalFlip(image, random, { probability }).dataSync()]);
  assertEquals(flipped(1), [3, 30, 2, 20, 1, 10, 6, 60, 5, 50, 4, 40]);
  assertEquals(flipped(0), [...image.dataSync()]);
});

testOnEachBackend(
  "randomHorizontalFlip() flips as many images as it is told, by half if not",
  () => {
    const images = pictures([2000, 2, 2, 1]);
    const before = imagesOf(images);
    for (const probability of [undefined, 0.2]) {
      const after = withRandom(
        4,
        (random) => randomHorizontalFlip(images, random, { probability }),
      );
      const flips = imagesOf(after).map((image, i) => {
        const [a, b, c, d] = before[i];
        const isFlipped = String(image) !== String(before[i]);
        assertEquals([...image], isFlipped ? [b, a, d, c] : [a, b, c, d]);
        return isFlipped;
      });
      const share = flips.filter(Boolean).length / 2000;
      assertAlmostEquals(share, probability ?? 0.5, 5 * Math.sqrt(0.25 / 2000));
    }
  },
);

Deno.test("randomHorizontalFlip() refuses a probability out of 0 to 1", () => {
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    for (const probability of [-0.1, 1.1, NaN]) {
      assertThrows(
        () => withRandom(0, (random) => randomHorizontalFlip(images, random, { probability })),
        RangeError,
        `probability is ${probability}, expected 0 to 1`,
      );
    }
  });
});
