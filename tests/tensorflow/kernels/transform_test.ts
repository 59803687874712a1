import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOnTensorflow } from "../on_tensorflow.ts";

const IMAGE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

testOnTensorflow("tf.image.transform() moves each image by its own transform", () => {
  const images = tf.tensor4d([...IMAGE, ...IMAGE], [2, 3, 3, 1]);
  const transforms = tf.tensor2d([[1, 0, 1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, -1, 0, 0]]);
  const moved = tf.image.transform(images, transforms, "nearest", "constant", 0.5);
  const expected = [[2, 3, 0.5, 5, 6, 0.5, 8, 9, 0.5], [0.5, 0.5, 0.5, 1, 2, 3, 4, 5, 6]];
  assertEquals([...moved.dataSync()], expected.flat());
});

testOnTensorflow("tf.image.transform() gives the size that is asked for", () => {
  const image = tf.tensor4d(IMAGE, [1, 3, 3, 1]);
  const half = tf.tensor2d([[0.5, 0, 0, 0, 0.5, 0, 0, 0]]);
  const larger = tf.image.transform(image, half, "bilinear", "nearest", 0, [2, 5]);
  assertEquals(larger.shape, [1, 2, 5, 1]);
  assertEquals([...larger.dataSync()], [1, 1.5, 2, 2.5, 3, 2.5, 3, 3.5, 4, 4.5]);
});

testOnTensorflow("tf.image.transform() fills what is outside by its mode", () => {
  const row = tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]);
  const shift = tf.tensor2d([[1, 0, -2, 0, 1, 0, 0, 0]]);
  const expected = {
    constant: [0, 0, 1, 2],
    nearest: [1, 1, 1, 2],
    reflect: [2, 1, 1, 2],
    wrap: [3, 4, 1, 2],
  } as const;
  for (const fillMode of ["constant", "nearest", "reflect", "wrap"] as const) {
    const shifted = tf.image.transform(row, shift, "nearest", fillMode);
    assertEquals([...shifted.dataSync()], [...expected[fillMode]], fillMode);
  }
});

// The cpu backend reflects and wraps otherwise than TensorFlow.
testOnTensorflow("tf.image.transform() of a projection is as on the cpu backend", async () => {
  const compute = () => {
    const image = tf.tensor4d(IMAGE, [1, 3, 3, 1]);
    const projection = tf.tensor2d([[0.9, 0.3, -1.2, -0.4, 1.1, 1.7, 0.02, -0.01]]);
    return (["nearest", "bilinear"] as const).flatMap((interpolation) =>
      (["constant", "nearest"] as const).flatMap((fillMode) => [
        ...tf.image.transform(image, projection, interpolation, fillMode, 0.5).dataSync(),
      ])
    );
  };
  await tf.setBackend("cpu");
  const expected = tf.tidy(compute);
  await tf.setBackend("tensorflow");
  compute().forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5, `value ${i}`));
});
