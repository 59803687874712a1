import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { numbers, testOnWasm } from "./on_wasm.ts";

testOnWasm("wasm's tf.gather() reads the rows of each batch", () => {
  const x = tf.range(0, 12).reshape([2, 2, 3]);
  const at = tf.tensor2d([[2, 0], [1, 1]], [2, 2], "int32");
  assertEquals(numbers(tf.gather(x, at, 2, 2)), [2, 3, 7, 10]);
  assertEquals(numbers(tf.gather(x, at, 2, 1)), [2, 0, 5, 3, 7, 7, 10, 10]);
});

testOnWasm("wasm's greatest numbers of windows may be negative", () => {
  const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1]);
  const { result, indexes } = tf.maxPoolWithArgmax(x, 2, 2, "valid");
  assertEquals([numbers(result), numbers(indexes)], [[-1], [3]]);
  const deep = tf.maxPool3d(x.reshape<tf.Tensor5D>([1, 1, 2, 2, 1]), [1, 2, 2], 1, "valid");
  assertEquals(numbers(deep), [-1]);
  const filter = tf.tensor3d([-1, -2, -3, -4], [2, 2, 1]);
  assertEquals(numbers(tf.dilation2d(x, filter, 1, "valid")), [-5]);
  const [byInput, byFilter] = tf.grads((x: tf.Tensor, filter: tf.Tensor) =>
    tf.dilation2d(x.as4D(1, 2, 2, 1), filter.as3D(2, 2, 1), 1, "valid")
  )([x, filter]);
  // All four sums are -5: the first one counts.
  assertEquals([numbers(byInput), numbers(byFilter)], [[1, 0, 0, 0], [1, 0, 0, 0]]);
});

testOnWasm("wasm's tf.conv3d() has the gradients that its sum says", () => {
  const [x, filter] = [tf.range(1, 5), tf.tensor1d([10, 20])];
  const convolve = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv3d(x.as5D(1, 1, 1, 4, 1), filter.as5D(1, 1, 2, 1, 1), 1, "valid");
  const [byInput, byFilter] = tf.grads(convolve)([x, filter]);
  assertEquals(numbers(byInput), [10, 30, 30, 20]);
  assertEquals(numbers(byFilter), [6, 9]);
  const y = tf.conv3dTranspose(
    tf.tensor5d([1, 2], [1, 1, 1, 2, 1]),
    tf.tensor5d([10, 20], [1, 1, 2, 1, 1]),
    [1, 1, 1, 4, 1],
    [1, 1, 2],
    "valid",
  );
  assertEquals(numbers(y), [10, 20, 20, 40]);
});

testOnWasm("wasm's windows in 3d start at the first row where strides leave rows over", () => {
  const x = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 4, 1]);
  const first = (y: tf.Tensor) => numbers(y)[0];
  assertEquals(first(tf.avgPool3d(x, [1, 1, 1], [1, 1, 4], "same")), 1);
  assertEquals(first(tf.maxPool3d(x, [1, 1, 2], [1, 1, 4], "same")), 2);
  const filter = tf.ones<tf.Rank.R5>([1, 1, 1, 1, 1]);
  assertEquals(first(tf.conv3d(x, filter, [1, 1, 4], "same")), 1);
  const gradient = tf.grad((x: tf.Tensor) =>
    tf.conv3d(x.as5D(1, 1, 1, 4, 1), filter, [1, 1, 4], "same")
  );
  assertEquals(numbers(gradient(x)), [1, 0, 0, 0]);
});

testOnWasm("wasm takes whole numbers and yes and no for what they are", () => {
  const [whole, yes] = [tf.tensor1d([-2, 4], "int32"), tf.tensor1d([1, 0, 1, 1, 1], "bool")];
  assertEquals(numbers(tf.isNaN(whole)), [0, 0]);
  assertEquals(numbers(tf.square(yes)), [1, 0, 1, 1, 1]);
  assertEquals(numbers(tf.reverse(yes)), [1, 1, 1, 0, 1]);
  assertEquals(numbers(tf.expm1(tf.tensor1d([0], "int32"))), [0]);
  const chosen = tf.where(tf.tensor1d([1, 0], "bool"), whole, tf.tensor1d([0.5, 1.5]));
  assertEquals([chosen.dtype, ...numbers(chosen)], ["float32", -2, 1.5]);
  const coded = tf.oneHot(tf.tensor1d([1], "int32"), 3, 3, -1, "float32");
  assertEquals([coded.dtype, ...numbers(coded)], ["float32", -1, 3, -1]);
  const every = tf.stridedSlice(tf.range(0, 6, 1, "int32"), [0], [6], [2]);
  assertEquals([every.dtype, ...numbers(every)], ["int32", 0, 2, 4]);
  assertEquals(numbers(tf.div(whole, tf.tensor1d([0, 2], "int32"))), [0, 2]);
});

testOnWasm("wasm keeps NaN", () => {
  const x = tf.tensor1d([NaN, 7, -1]);
  assertEquals(numbers(tf.relu6(x)), [NaN, 6, 0]);
  assertEquals(numbers(tf.maximum(2, x)), [NaN, 7, 2]);
  assertEquals(numbers(tf.minimum(2, x)), [NaN, 2, -1]);
  const image = tf.tensor4d([NaN, 1, 2, 3], [1, 2, 2, 1]);
  assertEquals(numbers(tf.avgPool(image, 2, 2, "valid")), [NaN]);
  assertEquals(numbers(tf.maxPool(image, 2, 2, "valid")), [3]);
  const filter = tf.ones<tf.Rank.R4>([2, 2, 1, 1]);
  for (const activation of ["relu", "relu6"] as const) {
    const fused = tf.fused.conv2d({ x: image, filter, strides: 1, pad: "valid", activation });
    assertEquals(numbers(fused), [NaN]);
  }
});

testOnWasm("wasm counts slopes, corners, fills and small numbers as others do", () => {
  const x = tf.tensor2d([[-1, -2], [-3, -4]]);
  assertEquals(numbers(tf.prelu(x, [[1], [10]])), [-1, -2, -30, -40]);
  assertEquals(numbers(tf.prelu(x, [[1, 10]])), [-1, -20, -3, -40]);
  assertEquals(numbers(tf.sign(tf.tensor1d([1e-30, -1e-30]))), [1, -1]);
  const image = tf.ones<tf.Rank.R4>([1, 1, 1, 3]);
  assertEquals(numbers(tf.image.rotateWithOffset(image, 2, 0.5, [9, 9])), [0.5, 0.5, 0.5]);
  assertEquals(numbers(tf.maxPool(tf.tensor4d([1, 2], [1, 1, 2, 1]), 1, 2, "valid")), [1]);
  const pixels = tf.tensor4d([1, 2, 3, 4, 5], [1, 1, 5, 1]);
  const moved = tf.image.transform(
    pixels,
    tf.tensor2d([[1, 0, -1.5, 0, 1, 0, 0, 0]]),
    "bilinear",
    "reflect",
  );
  numbers(moved).forEach((value, i) => assertAlmostEquals(value, [1.5, 1, 1.5, 2.5, 3.5][i], 1e-6));
});

testOnWasm("wasm computes nothing of nothing, and counts axes from the end", () => {
  const none = tf.zeros([2, 0, 3]);
  assertEquals(tf.transpose(none).shape, [3, 0, 2]);
  assertEquals(tf.cumsum(none, 0).shape, [2, 0, 3]);
  assertEquals(tf.gather(none, tf.tensor1d([0], "int32")).shape, [1, 0, 3]);
  assertEquals(tf.prelu(none, none).shape, [2, 0, 3]);
  const x = tf.tensor2d([[1, 2], [3, 4]]);
  assertEquals(numbers(tf.cumsum(x, -2)), [1, 2, 4, 6]);
  assertEquals(numbers(tf.cumprod(x, -1)), [1, 2, 3, 12]);
});
