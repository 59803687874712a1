import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

/** Calls a function of a tensor until it has been recorded, each time on other values. */
function record<Result>(fn: (x: tf.Tensor1D) => Result): void {
  const recorded = jit(fn);
  try {
    for (let call = 0; call < 3; call++) recorded(tf.tensor1d([call, 1]));
  } finally {
    recorded.dispose();
  }
}

testOnTensorflow("jit() refuses a number of the host that changes, and names who used it", () => {
  let learningRate = 1;
  assertThrows(
    () => record((x) => tf.mul(x, learningRate /= 2)),
    RangeError,
    "Mul took a float32 [] that was made on the host and had other values",
  );
});

testOnTensorflow("jit() refuses an attribute that changes", () => {
  let axis = 1;
  assertThrows(
    () => record((x) => tf.concat([tf.reshape(x, [1, 2]), tf.reshape(x, [1, 2])], axis--)),
    RangeError,
    "Cannot replay",
  );
});

testOnTensorflow("jit() refuses a function that takes another way at its second call", () => {
  let calls = 0;
  assertThrows(
    () => record((x) => calls++ === 0 ? tf.square(x) : tf.sqrt(x)),
    RangeError,
    "operation 0 was Square, at the second call it is Sqrt",
  );
  calls = 0;
  assertThrows(
    () => record((x) => calls++ === 0 ? [x, x] : [x]),
    RangeError,
    "Identity did not run at the second call",
  );
});

testOnTensorflow("jit() refuses other variables at the second call", () => {
  const variables = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(1))];
  let calls = 0;
  assertThrows(
    () => record((x) => tf.mul(x, variables[calls++ % 2])),
    RangeError,
    "Mul took its inputs from elsewhere",
  );
  tf.dispose(variables);
});

testOnTensorflow("jit() refuses to read a tensor's values, and says which", () => {
  assertThrows(() => record((x) => tf.scalar(x.dataSync()[0])), TypeError, "read argument 0 on");
  assertThrows(
    () => record((x) => tf.square(x).print()),
    TypeError,
    "Cannot read what Square computed on the host (dataSync, data, print)",
  );
  const variable = tf.variable(tf.scalar(3), true, "temperature");
  assertThrows(() => record(() => variable.arraySync()), TypeError, "read variable temperature");
  variable.dispose();
});

testOnTensorflow("jit() refuses to read a tensor's values later", async () => {
  const reading: Promise<unknown>[] = [];
  assertThrows(
    () =>
      record((x) => {
        reading.push(tf.square(x).data());
      }),
    TypeError,
    "Cannot read what Square computed",
  );
  await assertRejects(() => Promise.all(reading), TypeError, "Cannot read what Square computed");
});

testOnTensorflow("jit() lets the function read what does not depend on its inputs", () => {
  record((x) => tf.mul(x, tf.range(0, 2).dataSync()[1]));
});

testOnTensorflow("jit() refuses TensorFlow.js's random functions, also with a seed", () => {
  const random: Record<string, (x: tf.Tensor1D) => tf.Tensor> = {
    randomUniform: () => tf.randomUniform([2], 0, 1, "float32", 7),
    randomNormal: () => tf.randomNormal([2], 0, 1, "float32", 7),
    truncatedNormal: () => tf.truncatedNormal([2], 0, 1, "float32", 7),
    randomGamma: () => tf.randomGamma([2], 1, 1, "float32", 7),
    rand: () => tf.rand([2], () => 0.5),
    multinomial: (x) => tf.multinomial(x, 3, 7),
  };
  for (const [name, draw] of Object.entries(random)) {
    assertThrows(() => record(draw), TypeError, `Cannot record tf.${name}: it draws on the host`);
  }
  assertThrows(() => record((x) => tf.dropout(x, 0.5, undefined, 7)), TypeError, "randomUniform");
});

testOnTensorflow("jit() refuses arguments and results that are no tensors", () => {
  const half = jit((x: number) => tf.scalar(x / 2));
  assertThrows(() => half(3), TypeError, "argument 0 is the number 3");
  assertThrows(
    () => record((x) => ({ x, count: 2 })),
    TypeError,
    "the result.count is the number 2",
  );
  assertThrows(() => record(() => new Map()), TypeError, "the result is a Map");
  assertThrows(() => record((x) => Promise.resolve(x)), TypeError, "the result is a Promise");
});

testOnTensorflow("jit() refuses a function that keeps tensors", () => {
  const kept: tf.Tensor[] = [];
  assertThrows(
    () =>
      record((x) => {
        kept.push(tf.keep(tf.square(x)));
      }),
    RangeError,
    "keeps tensors (float32 [2])",
  );
  tf.dispose(kept);
});

testOnTensorflow("jit() refuses to run inside of a gradient", () => {
  const square = jit((x: tf.Tensor) => tf.square(x));
  const gradient = tf.grad((x: tf.Tensor) => square(x));
  assertThrows(() => gradient(tf.scalar(1)), TypeError, "inside of a gradient");
});

testOnTensorflow("jit() refuses to replay with a variable that was disposed", () => {
  const variable = tf.variable(tf.scalar(1), true, "gone");
  const add = jit((x: tf.Tensor) => tf.add(x, variable));
  for (let call = 0; call < 3; call++) add(tf.scalar(call));
  variable.dispose();
  assertThrows(() => add(tf.scalar(1)), RangeError, "(disposed)");
  add.dispose();
});

testOnTensorflow("jit() refuses an argument that a gradient also takes from outside", () => {
  const two = tf.scalar(2);
  const slope = jit((x: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.mul(x, two))(x));
  // As it is, it would give 4: the factor is what the gradient is by.
  assertThrows(() => slope(two), TypeError, "it takes argument 0 from outside");
  assertEquals(slope(tf.scalar(3)).dataSync()[0], 2);
  const add = jit((x: tf.Tensor) => tf.add(x, two));
  for (const x of [two, two, two, tf.scalar(1)]) {
    assertEquals(add(x).dataSync()[0], x.dataSync()[0] + 2);
  }
  [slope, add].forEach((fn) => fn.dispose());
});

testOnTensorflow("jit() compares two calls in a row, not those around one that throws", () => {
  let calls = 0;
  const fn = jit((x: tf.Tensor) => {
    const call = calls++;
    if (call === 1) throw new SyntaxError("on purpose");
    return call % 2 === 0 ? tf.neg(x) : tf.square(x);
  });
  assertEquals(fn(tf.scalar(2)).dataSync()[0], -2);
  assertThrows(() => fn(tf.scalar(2)), SyntaxError);
  assertEquals(fn(tf.scalar(2)).dataSync()[0], -2);
  assertThrows(() => fn(tf.scalar(2)), RangeError, "operation 0 was Neg");
  fn.dispose();
});

testOnTensorflow("jit() refuses constants of another shape or element type", () => {
  let calls = 0;
  assertThrows(
    () => record(() => tf.add(tf.zeros([2, 2]), tf.tensor([1, 2], calls++ % 2 ? [2, 1] : [1, 2]))),
    RangeError,
    "took a float32 [1, 2] that was made on the host, at the second call it is a float32 [2, 1]",
  );
  calls = 0;
  assertThrows(
    () => record((x) => tf.stack([x, tf.zeros([2], calls++ % 2 ? "bool" : "int32").toFloat()])),
    RangeError,
    "Cannot replay",
  );
});

testOnTensorflow("jit() tells attributes apart that are one as JSON", () => {
  for (const [first, second] of [[NaN, Infinity], [Infinity, -Infinity], [0, -0]]) {
    let calls = 0;
    assertThrows(
      () => record((x) => tf.leakyRelu(x, calls++ === 0 ? first : second)),
      RangeError,
      "alpha of LeakyRelu was",
    );
  }
});

testOnTensorflow("jit() refuses what has a shape that depends on values, and names it", () => {
  const rows: Record<string, (x: tf.Tensor1D) => tf.Tensor> = {
    UniqueV2: (x) => tf.unique(x).values,
    NonMaxSuppressionV3: (x) => tf.image.nonMaxSuppression(tf.zeros([2, 4]), x, 2).toFloat(),
  };
  for (const [name, select] of Object.entries(rows)) {
    const mean = jit((x: tf.Tensor1D) => {
      const selected = select(x);
      return tf.div(tf.sum(selected), selected.shape[0]);
    });
    assertThrows(
      () => [mean(tf.tensor1d([2, 1])), mean(tf.tensor1d([3, 1]))],
      TypeError,
      `Cannot replay ${name} in a jit function: the shape of what it gives`,
    );
    mean.dispose();
  }
});

testOnTensorflow("jit() refuses what is computed on the host, and names the kernel", () => {
  assertThrows(
    () => record((x) => tf.round(tf.cast(x, "int32"))),
    TypeError,
    "Cannot record Round of what Cast computed",
  );
});

testOnTensorflow("jit() refuses a function that goes on being different, each time anew", () => {
  let factor = 1;
  const scale = jit((x: tf.Tensor) => tf.mul(x, factor++));
  assertEquals(scale(tf.scalar(2)).dataSync()[0], 2);
  for (let call = 0; call < 3; call++) assertThrows(() => scale(tf.scalar(2)), RangeError);
  scale.dispose();
});

testOnTensorflow("jit() refuses a maxRecordings below 1", () => {
  for (const maxRecordings of [0, 1.5, NaN]) {
    assertThrows(() => jit(() => {}, { maxRecordings }), RangeError, `${maxRecordings}`);
  }
  assertEquals(typeof jit(() => {}), "function");
});
