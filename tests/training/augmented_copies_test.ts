import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { withAugmentedCopies } from "../../lib/training/mod.ts";

const SIZE = 28 * 28;
const plain = new ImageDataset(
  Uint8Array.from({ length: 3 * SIZE }, (_, i) => (i * 7) % 256),
  Uint8Array.of(4, 0, 9),
);
const AS_IT_IS = { affine: {}, erasing: { probability: 0 } };

Deno.test("withAugmentedCopies() keeps the images and adds as many, with their labels", async () => {
  await tf.setBackend("cpu");
  const tensors = tf.memory().numTensors;
  const both = await withAugmentedCopies(plain, { seed: 0, augmentation: AS_IT_IS });
  assertEquals(both.length, 6);
  assertEquals([0, 1, 2, 3, 4, 5].map((i) => both.label(i)), [4, 0, 9, 4, 0, 9]);
  // A copy that nothing was done to is the image, to the last bit of its 8.
  for (const i of [0, 1, 2]) {
    assertEquals(both.image(i), plain.image(i));
    assertEquals(both.image(3 + i), plain.image(i));
  }
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("withAugmentedCopies() draws by the seed", async () => {
  await tf.setBackend("cpu");
  const [once, again, other] = await Promise.all(
    [1, 1, 2].map((seed) => withAugmentedCopies(plain, { seed })),
  );
  assertEquals(once.images, again.images);
  assert(once.images.some((value, i) => value !== other.images[i]));
  assert(once.image(3).some((value, i) => value !== plain.image(0)[i]));
});

Deno.test("withAugmentedCopies() takes a view in its order and heeds its signal", async () => {
  await tf.setBackend("cpu");
  const view = plain.take(1);
  const both = await withAugmentedCopies(view, { seed: 0, augmentation: AS_IT_IS });
  assertEquals([both.length, both.label(1)], [2, 4]);
  const signal = AbortSignal.abort();
  await assertRejects(() => withAugmentedCopies(plain, { seed: 0, signal }), DOMException);
});
