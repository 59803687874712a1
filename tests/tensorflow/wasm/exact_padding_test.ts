import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { numbers, testOnWasm } from "./on_wasm.ts";

const ones = (...shape: [number, number, number, number]) => tf.ones<tf.Rank.R4>(shape);

testOnWasm("wasm's tf.conv2d() counts its windows where strides leave rows over", () => {
  const tall = tf.conv2d(ones(1, 6, 6, 1), ones(3, 1, 1, 1), 2, "same");
  assertEquals(numbers(tall), [3, 3, 3, 3, 3, 3, 2, 2, 2]);
  const wide = tf.conv2d(ones(1, 6, 6, 2), ones(1, 3, 2, 1), 2, "same");
  assertEquals(numbers(wide), [6, 6, 4, 6, 6, 4, 6, 6, 4]);
  const apart = tf.conv2d(ones(1, 6, 6, 1), ones(2, 2, 1, 1), 3, "same");
  assertEquals(numbers(apart), [4, 4, 4, 4]);
  const each = tf.depthwiseConv2d(ones(1, 8, 8, 1), ones(3, 1, 1, 1), 2, "same");
  assertEquals(numbers(each), [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2]);
});

testOnWasm("wasm's tf.conv2d() writes the windows that rounding adds", () => {
  const sides: [number, number] = [1, 1];
  const pad: tf.backend_util.ExplicitPadding = [[0, 0], sides, sides, [0, 0]];
  const x = ones(1, 4, 4, 1);
  const rounded = tf.conv2d(x, ones(3, 3, 1, 1), 2, pad, "NHWC", 1, "ceil");
  assertEquals(rounded.shape, [1, 3, 3, 1]);
  assertEquals(numbers(rounded), [4, 6, 2, 6, 9, 3, 2, 3, 1]);
});

testOnWasm("wasm's tf.conv2d() counts columns by their own size and stride", () => {
  const y = tf.conv2d(ones(1, 7, 7, 1), ones(2, 4, 1, 1), [2, 3], 1, "NHWC", 1, "floor");
  assertEquals(y.shape, [1, 4, 2, 1]);
  assertEquals(numbers(y), [3, 4, 6, 8, 6, 8, 6, 8]);
});

testOnWasm(
  "wasm refuses windows that are larger than their images, and gives nothing of none",
  () => {
    const x = ones(1, 2, 2, 1);
    assertThrows(() => tf.conv2d(x, ones(4, 4, 1, 1), 1, "valid"), RangeError, "4 × 4");
    assertThrows(() => tf.maxPool(x, 4, 1, "valid"), RangeError, "4 × 4");
    const nothing = tf.conv2d(x, ones(3, 3, 1, 1), 1, "valid");
    assertEquals(nothing.shape, [1, 0, 0, 1]);
  },
);
