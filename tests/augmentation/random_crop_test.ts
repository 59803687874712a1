import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { randomCrop } from "../../lib/augmentation/mod.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { imagesOf, pictures, withRandom } from "./pictures.ts";

testOnEachBackend("randomCrop() cuts from all places of a padded image, each as often", () => {
  const [height, width, padding, batch] = [3, 4, 1, 1800];
  const image = tf.add(pictures([1, height, width, 2]), 1).as4D(1, height, width, 2);
  const padded = tf.pad(image, [[0, 0], [padding, padding], [padding, padding], [0, 0]]);
  const counts = new Map<string, number>();
  for (let row = 0; row <= 2 * padding; row++) {
    for (let column = 0; column <= 2 * padding; column++) {
      const crop = padded.slice([0, row, column, 0], [1, height, width, 2]);
      counts.set(String(crop.dataSync()), 0);
    }
  }
  assertEquals(counts.size, 9);
  const images = tf.tile(image, [batch, 1, 1, 1]).as4D(batch, height, width, 2);
  const cropped = withRandom(6, (random) => randomCrop(images, random, { padding }));
  for (const crop of imagesOf(cropped)) {
    const count = counts.get(String(crop));
    assert(count !== undefined, `no crop: ${crop}`);
    counts.set(String(crop), count + 1);
  }
  // 200 each; five standard deviations are 67.
  for (const count of counts.values()) assert(Math.abs(count - 200) < 67, `${count} times`);
});

testOnEachBackend(
  "randomCrop() without padding changes nothing, with much it may leave nothing",
  () => {
    const images = pictures([3, 5, 7, 1]);
    const crop = (padding: number) =>
      withRandom(0, (random) => randomCrop(images, random, { padding }).dataSync());
    assertEquals(crop(0), images.dataSync());
    assertEquals(crop(1000), new Float32Array(3 * 5 * 7));
  },
);

Deno.test("randomCrop() refuses a padding that is no whole number from 0 to 1,000", () => {
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    for (const padding of [-1, 0.5, 1001, NaN]) {
      assertThrows(
        () => withRandom(0, (random) => randomCrop(images, random, { padding })),
        RangeError,
        `padding is ${padding}, expected a whole number from 0 to 1000`,
      );
    }
  });
});
