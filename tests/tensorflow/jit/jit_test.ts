import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { initBackend, jit, node } from "../../../lib/tensorflow/mod.ts";
import { granted } from "../../permissions.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

testOnTensorflow("jit() runs its function twice and replays it from the third call on", () => {
  let runs = 0;
  const square = jit((x: tf.Tensor) => {
    runs++;
    return tf.square(x);
  });
  const results = [1, 2, 3, 4, 5].map((x) => square(tf.scalar(x)).dataSync()[0]);
  assertEquals(results, [1, 4, 9, 16, 25]);
  assertEquals(runs, 2);
  square.dispose();
});

testOnTensorflow("jit() takes and gives tensors in arrays and objects", () => {
  const fn = jit(({ pair: [a, b], c }: { pair: [tf.Tensor, tf.Tensor]; c: tf.Tensor }) => ({
    sum: tf.add(a, b),
    rest: [tf.sub(b, c), { product: tf.mul(a, c) }] as const,
  }));
  for (let call = 0; call < 4; call++) {
    const { sum, rest: [difference, { product }] } = fn({
      pair: [tf.scalar(call), tf.scalar(2)],
      c: tf.scalar(3),
    });
    const values = [sum, difference, product].map((tensor) => tensor.dataSync()[0]);
    assertEquals(values, [call + 2, -1, 3 * call]);
  }
  fn.dispose();
});

testOnTensorflow("jit() tells its arguments apart, also where they are one tensor", () => {
  const subtract = jit((a: tf.Tensor, b: tf.Tensor) => tf.sub(a, b));
  const one = tf.scalar(1);
  const variable = tf.variable(tf.scalar(5));
  subtract(one, one);
  subtract(variable, variable);
  assertEquals(subtract(tf.scalar(7), variable).dataSync()[0], 2);
  subtract.dispose();
  variable.dispose();
});

testOnTensorflow(
  "jit() gives tensors of its own where the function returns what it was given",
  () => {
    const variable = tf.variable(tf.scalar(1));
    const constant = tf.scalar(2);
    const same = jit((x: tf.Tensor) => [x, variable, constant]);
    for (let call = 0; call < 4; call++) {
      const argument = tf.scalar(call);
      const results = same(argument);
      assertEquals(results.map((tensor) => tensor.dataSync()[0]), [call, 1, 2]);
      tf.dispose(results);
      assert(![argument, variable, constant].some((tensor) => tensor.isDisposed));
    }
    same.dispose();
    variable.dispose();
  },
);

testOnTensorflow("jit() records for each shape and element type, and keeps maxRecordings", () => {
  const shapes: number[][] = [];
  const double = jit((x: tf.Tensor) => {
    shapes.push(x.shape);
    return tf.mul(x, tf.cast(tf.scalar(2), x.dtype));
  }, { maxRecordings: 2 });
  const call = (...shape: number[]) => double(tf.ones(shape));
  for (let i = 0; i < 3; i++) [call(2), call(3)];
  double(tf.ones([3], "int32")); // The shape [2] was used longest ago.
  assertEquals(shapes, [[2], [3], [2], [3], [3]]);
  call(3);
  assertEquals(shapes.length, 5);
  call(2);
  assertEquals(shapes.length, 6);
  double.dispose();
});

testOnTensorflow("jit() runs a jit function within another as a part of it", () => {
  const square = jit((x: tf.Tensor) => tf.square(x), { xla: true });
  const fourth = jit((x: tf.Tensor) => tf.add(square(square(x)), 1));
  const results = [1, 2, 3, 4].map((x) => fourth(tf.scalar(x)).dataSync()[0]);
  assertEquals(results, [2, 17, 82, 257]);
  fourth.dispose();
});

testOnTensorflow("jit() rounds to bfloat16 at most, where it is allowed to", () => {
  const fn = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, tf.matMul(a, b));
  const [exact, rounded] = [jit(fn), jit(fn, { precision: "bfloat16" })];
  const [a, b] = [1, 2].map((seed) => tf.randomUniform([64, 64], 0, 1, "float32", seed));
  for (let call = 0; call < 4; call++) {
    const [expected, actual] = [exact(a, b), rounded(a, b)];
    assertEquals(actual.dtype, "float32");
    const error = tf.max(tf.abs(tf.sub(tf.div(actual, expected), 1))).dataSync()[0];
    // Two products, each of whose factors and sum is rounded to 8 bits; processors without the
    // instructions do not round.
    assert(error < 6 * 2 ** -8, `${error}`);
  }
  exact.dispose();
  rounded.dispose();
});

testOnTensorflow("jit() calculates what its function does, and no more than that", () => {
  const image = (x: tf.Tensor) => x.reshape<tf.Tensor4D>([1, 2, 2, 1]);
  // What TensorFlow's graph optimiser would make something else of.
  const functions: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    "a maximum, not a leaky ReLU": (x) => tf.maximum(tf.mul(x, 2), x),
    "a sum twice, not a product": (x) => tf.maximum(tf.add(x, x), x),
    "not greater, not less or equal": (x) => tf.logicalNot(tf.greater(x, 0)),
    "rounded by a large number": (x) => tf.sub(tf.add(x, 1e20), 1e20),
    "a root of an infinite number": (x) => tf.pow(x, 0.5),
    "a ReLU of NaN": (x) =>
      tf.relu(tf.add(tf.conv2d(image(x), tf.ones([1, 1, 1, 1]), 1, "same"), [1])),
  };
  const x = tf.tensor1d([-0.5, 0.5, NaN, -Infinity]);
  for (const [name, fn] of Object.entries(functions)) {
    const recorded = jit(fn);
    const expected = fn(x).dataSync();
    for (let call = 0; call < 4; call++) {
      assertEquals(recorded(x).dataSync(), expected, `${name}, call ${call}`);
    }
    recorded.dispose();
  }
});

testOnTensorflow("jit() takes decoded images, which TensorFlow has as bytes", () => {
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const double = jit((image: tf.Tensor) => [tf.mul(tf.cast(image, "float32"), 2), image]);
  for (let call = 0; call < 4; call++) {
    const [doubled, same] = double(node.decodeImage(bytes));
    assertEquals([doubled.dataSync()[0], same.dataSync()[0]], [256, 128]);
  }
  double.dispose();
});

testOnTensorflow("jit() gives the same with XLA", () => {
  const fn = (x: tf.Tensor) => tf.sum(tf.exp(tf.mul(x, -2)), 1);
  const [plain, compiled] = [jit(fn), jit(fn, { xla: true })];
  const x = tf.tensor2d([[0, 1, 2], [3, 4, 5]]);
  for (let call = 0; call < 3; call++) {
    const difference = tf.max(tf.abs(tf.sub(plain(x), compiled(x)))).dataSync()[0];
    assert(difference < 1e-6, `${difference}`);
  }
  plain.dispose();
  compiled.dispose();
});

Deno.test({
  name: "jit() runs its function as it is on the wasm backend",
  ignore: !granted("read", "env"),
  async fn() {
    await initBackend({ backend: "wasm" });
    const before = tf.memory().numTensors;
    let runs = 0;
    const total = tf.tidy(() => tf.variable(tf.scalar(0)));
    const add = jit((x: tf.Tensor) => {
      runs++;
      total.assign(tf.add(total, x));
      return tf.scalar(total.dataSync()[0]);
    });
    tf.tidy(() => [1, 2, 3].forEach((x) => add(tf.scalar(x))));
    assertEquals([runs, total.dataSync()[0]], [3, 6]);
    add.dispose();
    total.dispose();
    assertEquals(tf.memory().numTensors, before);
  },
});
