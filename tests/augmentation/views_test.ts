import { assertEquals, assertStrictEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { meanOverViews } from "../../lib/augmentation/mod.ts";

/** Logits that tell where a picture's light is: that of its two columns. */
const look = (images: tf.Tensor4D): tf.Tensor2D => tf.sum(images, [1, 3]);

Deno.test("meanOverViews() averages over the image and its mirror image", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const images = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const mean = meanOverViews(look, images, { views: "mirrored" });
  assertEquals(mean.arraySync(), [[5, 5]]);
  tf.dispose([images, mean]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("meanOverViews() looks at the images alone where no views are named", () => {
  const logits = tf.tensor2d([[1, 2]]);
  const images = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
  assertStrictEquals(meanOverViews(() => logits, images, {}), logits);
  tf.dispose([logits, images]);
});
