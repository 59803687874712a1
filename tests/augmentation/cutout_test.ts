import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { cutout } from "../../lib/augmentation/mod.ts";
import { testOnEachBackend } from "./on_each_backend.ts";
import { imagesOf, withRandom } from "./pictures.ts";

/** An image of ones with a square cut out of it, of one channel after the other. */
function cutByHand({ centre: [y, x], size, height, width }: {
  centre: [number, number];
  size: number;
  height: number;
  width: number;
}): number[] {
  const [top, left] = [y - Math.floor(size / 2), x - Math.floor(size / 2)];
  return Array.from({ length: height * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    const isInside = row >= top && row < top + size && column >= left && column < left + size;
    return isInside ? 0 : 1;
  });
}

testOnEachBackend("cutout() cuts squares about all pixels, each as often", () => {
  const [height, width, batch] = [3, 4, 2400];
  for (const size of [1, 2, 3]) {
    // Different centres may cut the same where squares stick out.
    const expected = new Map<string, number>();
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const image = String(cutByHand({ centre: [y, x], size, height, width }));
        expected.set(image, (expected.get(image) ?? 0) + batch / (height * width));
      }
    }
    const images: tf.Tensor4D = tf.ones([batch, height, width, 1]);
    const counts = new Map<string, number>();
    const cut = withRandom(7, (random) => imagesOf(cutout(images, random, { size })));
    for (const image of cut.map(String)) counts.set(image, (counts.get(image) ?? 0) + 1);
    assertEquals(new Set(counts.keys()), new Set(expected.keys()));
    for (const [image, count] of counts) {
      const target = expected.get(image) ?? 0;
      assert(Math.abs(count - target) < 5 * Math.sqrt(target), `${count} times, not ${target}`);
    }
  }
});

testOnEachBackend("cutout() cuts all channels, 8x8 pixels if not told otherwise", () => {
  const images: tf.Tensor4D = tf.ones([50, 28, 28, 3]);
  const cut = withRandom(0, (random) => cutout(images, random));
  const holes = tf.sub(1, cut);
  const channels = tf.unstack(tf.sum(holes, [1, 2]), 1).map((sums) => [...sums.dataSync()]);
  assertEquals([channels[1], channels[2]], [channels[0], channels[0]]);
  assertEquals(Math.max(...channels[0]), 64);
});

Deno.test("cutout() refuses a size that is no whole number from 1 to 1,000", () => {
  tf.tidy(() => {
    const images: tf.Tensor4D = tf.zeros([1, 2, 2, 1]);
    for (const size of [0, -1, 1.5, 1001, NaN]) {
      assertThrows(
        () => withRandom(0, (random) => cutout(images, random, { size })),
        RangeError,
        `size is ${size}, expected a whole number from 1 to 1000`,
      );
    }
  });
});
