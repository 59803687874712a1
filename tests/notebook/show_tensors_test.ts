import { assert, assertEquals, assertMatch } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { DISPLAY, isDisplayable } from "../../lib/figures/mod.ts";
import { describeTensor, showTensors } from "../../lib/notebook/mod.ts";

await tf.setBackend("cpu");

/** What is said of a tensor that is not needed further. */
function described(tensor: tf.Tensor): string {
  const text = describeTensor(tensor);
  tensor.dispose();
  return text;
}

Deno.test("describeTensor() writes the values of a small tensor of any type", () => {
  const before = tf.memory().numTensors;
  const cases: [tf.Tensor, string][] = [
    [tf.tensor2d([[1, 2], [3, 4.5]]), "float32 [2, 2]\n    [[1, 2  ],\n     [3, 4.5]]"],
    [tf.scalar(-7, "int32"), "int32 []\n    -7"],
    [tf.tensor1d([true, false], "bool"), "bool [2]\n    [true, false]"],
    [tf.tensor1d(["a", "b c"]), "string [2]\n    ['a', 'b c']"],
    [tf.tensor1d([NaN, Infinity]), "float32 [2]\n    [NaN, Infinity]"],
    [tf.zeros([0]), "float32 [0]\n    []"],
  ];
  for (const [tensor, expected] of cases) assertEquals(described(tensor), expected);
  const complex = tf.complex([1, 2], [3, -4]);
  assertMatch(described(complex), /^complex64 \[2\]\n.*1 \+ 3j, 2 \+ -4j/);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("describeTensor() gives the range of a tensor of more than a hundred values", () => {
  const before = tf.memory().numTensors;
  const cases: [tf.Tensor, string][] = [
    [tf.linspace(-1, 2, 101), "float32 [101], -1 to 2"],
    [tf.tidy(() => tf.range(0, 300, 1, "int32").reshape([3, 100])), "int32 [3, 100], 0 to 299"],
    [tf.ones([11, 11], "bool"), "bool [11, 11], 1 to 1"],
    [tf.fill([101], 1 / 3), "float32 [101], 0.3333 to 0.3333"],
    [tf.tensor1d(new Array(101).fill(0).with(7, NaN)), "float32 [101], NaN to NaN"],
  ];
  for (const [tensor, expected] of cases) assertEquals(described(tensor), expected);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("describeTensor() shows a hundred values, and many strings cut short", () => {
  assertEquals(described(tf.zeros([100])).split("\n").length, 2);
  assertMatch(described(tf.fill([500], "a")), /^string \[500\]\n.*\.\.\./);
});

Deno.test("describeTensor() says that a tensor is disposed", () => {
  const tensor = tf.zeros([2, 3], "int32");
  tensor.dispose();
  assertEquals(describeTensor(tensor), "int32 [2, 3], disposed");
});

Deno.test("showTensors() lets tensors and variables show themselves, also when called twice", () => {
  showTensors();
  showTensors();
  const tensor = tf.scalar(3);
  const variable = tf.variable(tensor);
  for (const one of [tensor, variable]) {
    assert(isDisplayable(one));
    assertEquals(one[DISPLAY](), { "text/plain": "float32 []\n    3" });
    assertEquals(Object.keys(one).includes(String(DISPLAY)), false);
  }
  tf.dispose([tensor, variable]);
});
