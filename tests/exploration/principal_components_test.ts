import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { principalComponents, project, reconstruct } from "../../lib/exploration/mod.ts";

/** Points on a line of slope 1/2 through (100, 50), with a little beside it. */
const points = [[60, 31], [80, 39], [100, 50], [120, 61], [140, 69]];
const dataset = new ImageDataset(
  Uint8Array.from(points.flat()),
  new Uint8Array(points.length),
  { height: 1, width: 2 },
);

Deno.test("principalComponents() finds mean, directions and shares computed by hand", async () => {
  await tf.setBackend("cpu");
  const tensors = tf.memory().numTensors;
  const { mean, components, explained } = await principalComponents(dataset);
  assertAlmostEquals(mean[0], 100 / 255, 1e-6);
  assertAlmostEquals(mean[1], 50 / 255, 1e-6);
  // The covariance is [[1000, 490], [490, 241]] / 255²; its eigenvalues solve a quadratic.
  const [trace, determinant] = [1241, 1000 * 241 - 490 ** 2];
  const root = Math.sqrt(trace ** 2 / 4 - determinant);
  assertAlmostEquals(explained[0], (trace / 2 + root) / trace, 1e-5);
  assertAlmostEquals(explained[0] + explained[1], 1, 1e-9);
  const slope = (trace / 2 + root - 1000) / 490;
  assertAlmostEquals(components[0][1] / components[0][0], slope, 1e-4);
  assertAlmostEquals(Math.hypot(...components[0]), 1, 1e-6);
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("project() and reconstruct() lose nothing with all components", async () => {
  await tf.setBackend("cpu");
  const found = await principalComponents(dataset);
  const tensors = tf.memory().numTensors;
  const places = await project(dataset, found, { count: 1 });
  assertEquals([places.length, places[0].length], [5, 1]);
  assertAlmostEquals(places[2][0], 0, 1e-6);
  assert(Math.sign(places[0][0]) !== Math.sign(places[4][0]));
  const rebuilt = reconstruct(dataset.image(1), found, { count: 2 });
  assertAlmostEquals(rebuilt[0], 80 / 255, 1e-5);
  assertAlmostEquals(rebuilt[1], 39 / 255, 1e-5);
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("principalComponents() and what uses them refuse sizes that do not fit", async () => {
  await tf.setBackend("cpu");
  await assertRejects(() => principalComponents(dataset.take(1)), RangeError, "at least 2");
  const found = await principalComponents(dataset);
  await assertRejects(() => project(dataset, found, { count: 3 }), RangeError, "there are 2");
  assertThrows(() => reconstruct(dataset.image(0), found, { count: 0 }), RangeError);
});
