import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnBothBackends, testOnTensorflow } from "../on_tensorflow.ts";

testOnBothBackends("jit() gives each caller a result to do with as it likes", () => {
  const multiples = jit((x: tf.Tensor) => [tf.mul(x, 1), tf.mul(x, 2), tf.mul(x, 3)]);
  const last = [1, 2, 3, 4].map(() => multiples(tf.ones([1])).pop()?.dataSync()[0]);
  assertEquals(last, [3, 3, 3, 3]);
  const named = jit((x: tf.Tensor): Record<string, tf.Tensor> => ({ x: tf.neg(x), y: x }));
  for (let call = 0; call < 4; call++) {
    const result = named(tf.scalar(call));
    assertEquals(Object.keys(result), ["x", "y"]);
    for (const key of Object.keys(result)) delete result[key];
  }
  multiples.dispose();
  named.dispose();
});

testOnBothBackends("jit() gives copies of arguments, variables and tensors from outside", () => {
  const [variable, constant] = [tf.variable(tf.scalar(1)), tf.scalar(2)];
  const same = jit((x: tf.Tensor) => [x, variable, constant, x]);
  for (let call = 0; call < 4; call++) {
    const argument = tf.scalar(call);
    const results = same(argument);
    assertEquals(results.map((tensor) => tensor.dataSync()[0]), [call, 1, 2, call]);
    tf.dispose(results[0]);
    assertEquals(results[3].dataSync()[0], call);
    assert(!results.some((result) => result instanceof tf.Variable));
    tf.dispose(results);
    assertEquals([argument, variable, constant].map((kept) => kept.dataSync()[0]), [call, 1, 2]);
  }
  same.dispose();
  variable.dispose();
});

testOnBothBackends("jit() gives the function arguments of its own to change", () => {
  const sum = jit((list: tf.Tensor[]) => {
    list.push(tf.scalar(1));
    return tf.addN(list);
  });
  const list = [tf.scalar(1), tf.scalar(2)];
  for (let call = 0; call < 4; call++) assertEquals(sum(list).dataSync()[0], 4);
  assertEquals(list.length, 2);
  sum.dispose();
});

testOnTensorflow("jit() refuses a result of another structure at the second call", () => {
  const structures: ((x: tf.Tensor) => unknown)[][] = [
    [(x) => ({ a: x }), (x) => ({ b: x })],
    [(x) => [x], (x) => x],
    [(x) => [x, undefined], (x) => [x, null]],
    [(x) => ({ a: x, b: undefined }), (x) => ({ a: x })],
  ];
  for (const [first, second] of structures) {
    let calls = 0;
    const fn = jit((x: tf.Tensor) => calls++ === 0 ? first(x) : second(x));
    fn(tf.scalar(1));
    assertThrows(() => fn(tf.scalar(1)), RangeError, "the result was");
    fn.dispose();
  }
});

testOnBothBackends("jit() tells arguments of other structures apart", () => {
  const count = jit((x: tf.Tensor, y?: null | tf.Tensor[] | Record<string, undefined>) =>
    tf.add(
      x,
      y === undefined ? 1 : y === null ? 2 : Array.isArray(y) ? 3 : 4 + Object.keys(y).length,
    )
  );
  for (let call = 0; call < 3; call++) {
    const x = tf.scalar(0);
    const results = [
      count(x),
      count(x, null),
      count(x, []),
      count(x, {}),
      count(x, { a: undefined }),
    ];
    assertEquals(results.map((result) => result.dataSync()[0]), [1, 2, 3, 4, 5]);
  }
  count.dispose();
});

testOnBothBackends("jit() takes an argument that is given twice for one", () => {
  const slope = jit((x: tf.Tensor, y: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mul(x, y))(x));
  const [three, five] = [tf.scalar(3), tf.scalar(5)];
  for (let call = 0; call < 4; call++) {
    const slopes = [slope(three, three), slope(three, five), slope(five, five)];
    assertEquals(slopes.map((slope) => slope.dataSync()[0]), [6, 5, 10]);
  }
  slope.dispose();
});

testOnBothBackends("jit() assigns a variable that is an argument, and only that one", () => {
  const increase = jit((total: tf.Variable, x: tf.Tensor) => {
    total.assign(tf.add(total, x));
    return tf.mul(total, 10);
  });
  const [a, b] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(100))];
  for (let call = 1; call < 5; call++) {
    assertEquals(increase(a, tf.scalar(1)).dataSync()[0], 10 * call);
    increase(b, tf.scalar(2));
  }
  assertEquals([a.dataSync()[0], b.dataSync()[0]], [4, 108]);
  increase.dispose();
  tf.dispose([a, b]);
});

testOnBothBackends("jit() disposes at each call the arguments that the function disposes", () => {
  const consume = jit(({ x }: { x: tf.Tensor }, y: tf.Tensor) => {
    const product = tf.mul(x, y);
    x.dispose();
    return product;
  });
  const before = tf.memory().numTensors;
  for (let call = 0; call < 5; call++) {
    const [x, y] = [tf.scalar(call), tf.scalar(2)];
    const product = consume({ x }, y);
    assertEquals([product.dataSync()[0], x.isDisposed, y.isDisposed], [2 * call, true, false]);
    tf.dispose([product, y]);
  }
  assertEquals(tf.memory().numTensors, before);
  consume.dispose();
});

testOnBothBackends("jit() names the argument that was disposed, and where it stands", () => {
  const add = jit(({ pair }: { pair: tf.Tensor[] }, y: tf.Tensor) => tf.add(pair[1], y));
  for (let call = 0; call < 4; call++) {
    const [gone, x] = [tf.ones([2, 3]), tf.ones([2, 3])];
    gone.dispose();
    const named = "argument 0.pair[1], float32 [2, 3], was disposed";
    assertThrows(() => add({ pair: [x, gone] }, x), RangeError, named);
    assertThrows(() => add({ pair: [x, x] }, gone), RangeError, "argument 1, float32 [2, 3]");
    assertEquals(add({ pair: [x, x] }, x).dataSync()[0], 2);
  }
  add.dispose();
});
