import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { nearestOthers } from "../../lib/exploration/mod.ts";

/** Images of one pixel each. */
const images = (...values: number[]) =>
  new ImageDataset(Uint8Array.from(values), new Uint8Array(values.length), { height: 1, width: 1 });

Deno.test("nearestOthers() leaves each image out of its own neighbours", async () => {
  await tf.setBackend("cpu");
  const tensors = tf.memory().numTensors;
  const { indices, distances } = await nearestOthers(images(10, 13, 30, 11), { neighbors: 2 });
  assertEquals([...indices], [3, 1, 3, 0, 1, 3, 0, 1]);
  assertEquals([...distances], [1, 9, 4, 9, 289, 361, 1, 4]);
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("nearestOthers() finds equal images, also where they crowd the image itself out", async () => {
  await tf.setBackend("cpu");
  const { indices, distances } = await nearestOthers(images(7, 7, 7, 7), { neighbors: 1 });
  assertEquals([...indices], [1, 0, 0, 0]);
  assertEquals([...distances], [0, 0, 0, 0]);
});

Deno.test("nearestOthers() refuses numbers that do not fit, tells its progress and stops", async () => {
  await tf.setBackend("cpu");
  const three = images(1, 2, 3);
  for (const neighbors of [0, 1.5, 3]) {
    await assertRejects(() => nearestOthers(three, { neighbors }), RangeError, "there are 3");
  }
  const seen: number[][] = [];
  const onProgress = (...progress: number[]) => seen.push(progress);
  await nearestOthers(three, { neighbors: 2, onProgress });
  assertEquals(seen, [[3, 3]]);
  await assertRejects(
    () => nearestOthers(three, { neighbors: 1, signal: AbortSignal.abort() }),
    DOMException,
  );
});
