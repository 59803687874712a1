import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { tensorflowBackend } from "../../../lib/tensorflow/tensorflow_backend.ts";
import { testOnBothBackends, testOnTensorflow } from "../on_tensorflow.ts";

/** Calls a function on 1, 2, 3 … and gives the numbers that it returns. */
function call(fn: (x: tf.Tensor) => tf.Tensor, times = 5): number[] {
  return Array.from({ length: times }, (_, i) => fn(tf.scalar(i + 1)).dataSync()[0]);
}

testOnBothBackends("jit() never assigns another variable than its function would", (backend) => {
  const ring = [0, 0, 0, 0].map((value) => tf.variable<tf.Rank>(tf.scalar(value)));
  let i = 0;
  const record = jit((x: tf.Tensor) => {
    ring[i++].assign(x);
  });
  const run = () => [1, 2, 3, 4].forEach((x) => record(tf.scalar(x)));
  const values = () => ring.map((variable) => variable.dataSync()[0]);
  if (backend === "wasm") {
    run();
    assertEquals(values(), [1, 2, 3, 4]);
  } else {
    assertThrows(run, RangeError, "at the second call it assigned variable");
    assertEquals(values(), [1, 0, 0, 0], "the refused call has no effect");
  }
  record.dispose();
  tf.dispose(ring);
});

testOnBothBackends("jit() never replays a function that keeps what it made", (backend) => {
  let last: tf.Tensor | undefined;
  const negate = jit((x: tf.Tensor) => {
    last?.dispose();
    last = tf.keep(tf.square(x));
    return tf.neg(x);
  });
  if (backend === "wasm") {
    for (const x of [1, 2, 3, 4]) {
      negate(tf.scalar(x));
      assertEquals(last?.dataSync()[0], x * x);
    }
  } else {
    negate(tf.scalar(1));
    assertEquals(last?.dataSync()[0], 1);
    assertThrows(
      () => negate(tf.scalar(2)),
      RangeError,
      "keeps tensors (float32 []) and disposes tensors that it did not make (float32 [])",
    );
  }
  negate.dispose();
  last?.dispose();
});

testOnBothBackends("jit() lets the first call keep what the others use", () => {
  let table: tf.Tensor | undefined;
  const scale = jit((x: tf.Tensor) => tf.mul(x, table ??= tf.keep(tf.scalar(3))));
  assertEquals(call(scale), [3, 6, 9, 12, 15]);
  scale.dispose();
  table?.dispose();
});

testOnBothBackends(
  "jit() records anew where a tensor that it took from outside is disposed",
  () => {
    let factor = tf.scalar(2);
    const scale = jit((x: tf.Tensor) => tf.mul(x, factor));
    assertEquals(call(scale), [2, 4, 6, 8, 10]);
    factor.dispose();
    assertThrows(() => scale(tf.scalar(1)), RangeError, "(disposed)");
    factor = tf.scalar(5);
    assertEquals(call(scale), [5, 10, 15, 20, 25]);
    scale.dispose();
  },
);

testOnBothBackends("jit() hands large tensors from outside over without a copy", (backend) => {
  const captured = tf.range(0, 100_000, 1, "float32");
  const total = jit((x: tf.Tensor) => tf.sum(tf.mul(captured, x)));
  assertEquals(call(total).map((sum) => Math.round(sum / 4999950000)), [1, 2, 3, 4, 5]);
  const handles = () => tensorflowBackend()?.binding.getNumOfTensors() ?? 0;
  const before = handles();
  total.dispose();
  assertEquals(before - handles(), backend === "tensorflow" ? 1 : 0, "a handle, which shares it");
  captured.dispose();
  assertThrows(() => total(tf.scalar(1)), RangeError, "(disposed)");
});

testOnBothBackends(
  "jit() follows the optimizers of TensorFlow.js, which keep state on the host",
  () => {
    const makers = {
      sgd: () => tf.train.sgd(0.1),
      momentum: () => tf.train.momentum(0.1, 0.9),
      adam: () => tf.train.adam(0.1),
      adamax: () => tf.train.adamax(0.1),
      rmsprop: () => tf.train.rmsprop(0.1, 0.9, 0.1),
      adagrad: () => tf.train.adagrad(0.1),
      adadelta: () => tf.train.adadelta(0.1),
    };
    for (const [name, make] of Object.entries(makers)) {
      const [eager, recorded] = [false, true].map((isRecorded) => {
        const weight = tf.variable(tf.scalar(1));
        const optimizer = make();
        const step = () => {
          optimizer.minimize(() => tf.square(weight).asScalar(), false, [weight]);
        };
        const run = isRecorded ? jit(step) : Object.assign(step, { dispose() {} });
        const weights = Array.from({ length: 10 }, (_, i) => {
          if (i === 5) Object.assign(optimizer, { learningRate: 0.02 });
          if (i === 7 && "setLearningRate" in optimizer) optimizer.setLearningRate(0.3);
          run();
          return weight.dataSync()[0];
        });
        const { iterations } = optimizer;
        run.dispose();
        optimizer.dispose();
        // Momentum leaves its learning rate behind.
        tf.dispose(Object.values(optimizer).filter((value) => value instanceof tf.Tensor));
        weight.dispose();
        return [...weights, iterations];
      });
      recorded.forEach((value, i) =>
        assert(Math.abs(value - eager[i]) < 1e-6, `${name}, step ${i}: ${value}, not ${eager[i]}`)
      );
    }
  },
);

testOnTensorflow("jit() refuses random numbers and times of the host, and names them", () => {
  const sources: Record<string, () => number> = {
    "Math.random()": () => Math.random() < 2 ? 1 : 0,
    "Date.now()": () => Date.now() > 0 ? 1 : 0,
    "performance.now()": () => performance.now() >= 0 ? 1 : 0,
    "new Date()": () => new Date().getTime() > 0 ? 1 : 0,
    "Temporal.Now.instant()": () => Temporal.Now.instant().epochMilliseconds > 0 ? 1 : 0,
    "Date()": () => Date().length > 0 ? 1 : 0,
    "crypto.getRandomValues()": () => crypto.getRandomValues(new Uint8Array(1)).length,
    "crypto.randomUUID()": () => crypto.randomUUID().length,
  };
  for (const [name, read] of Object.entries(sources)) {
    const scale = jit((x: tf.Tensor) => tf.mul(x, read()));
    assertThrows(() => scale(tf.scalar(1)), TypeError, `Cannot record ${name}`);
    const caught = jit((x: tf.Tensor) => {
      try {
        read();
      } catch { /* What it does then is not what it would do. */ }
      return x;
    });
    assertThrows(() => caught(tf.scalar(1)), TypeError, `Cannot record ${name}`);
    assertEquals(typeof read(), "number", "outside it is as it was");
    [scale, caught].forEach((fn) => fn.dispose());
  }
  assertEquals(new Date(0).getTime(), 0);
  assert(new Date() instanceof Date);
  const dated = jit((x: tf.Tensor) => tf.add(x, new Date(5).getTime()));
  assertEquals(call(dated), [6, 7, 8, 9, 10]);
  dated.dispose();
});

testOnBothBackends("jit() leaves the variables as they were where a call throws", () => {
  const [total, steps] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
  let slot: tf.Variable | undefined;
  let fails = false;
  const add = jit((x: tf.Tensor) => {
    slot ??= tf.variable(tf.scalar(7));
    slot.assign(tf.add(slot, x));
    steps.assign(tf.add(steps, 1));
    total.assign(tf.add(total, x));
    if (fails) throw new SyntaxError("on purpose");
  });
  const values = () => [total, steps, slot].map((variable) => variable?.dataSync()[0]);
  for (const failsAt of [[0, 1], [2], [3]]) {
    fails = failsAt.includes(0);
    if (fails) assertThrows(() => add(tf.scalar(1)), SyntaxError, "on purpose");
    const [before, , before3 = 7] = values();
    fails = false;
    add(tf.scalar(1));
    assertEquals(values(), [(before ?? 0) + 1, (before ?? 0) + 1, before3 + 1]);
  }
  fails = true;
  const before = values();
  const shape = tf.zeros([1]); // Another shape, so that it is recorded anew.
  assertThrows(() => add(shape));
  assertEquals(values(), before);
  add.dispose();
  tf.dispose([total, steps, slot ?? total]);
});

testOnTensorflow("jit() leaves the variables as they were where the second call is refused", () => {
  const total = tf.variable(tf.scalar(0));
  const optimizer = tf.train.sgd(1);
  let factor = 1;
  const step = jit((x: tf.Tensor) => {
    optimizer.minimize(() => tf.mul(total, tf.mul(x, factor++)).asScalar(), false, [total]);
  });
  step(tf.scalar(1));
  for (let attempt = 0; attempt < 3; attempt++) {
    assertThrows(() => step(tf.scalar(1)), RangeError, "had other values at the second call");
    assertEquals([total.dataSync()[0], optimizer.iterations], [-1, 1]);
  }
  step.dispose();
  optimizer.dispose();
  total.dispose();
});

testOnBothBackends("jit() tells an accuracy, the mean of truth values", () => {
  const accuracy = jit((a: tf.Tensor, b: tf.Tensor) => tf.mean(tf.equal(a, b)));
  const [a, b] = [tf.tensor1d([1, 2, 3, 4], "int32"), tf.tensor1d([1, 2, 3, 5], "int32")];
  for (let i = 0; i < 4; i++) assertEquals(accuracy(a, b).dataSync()[0], 0.75);
  assertEquals(tf.mean(a).dataSync()[0], 2.5);
  accuracy.dispose();
});

Deno.test("jit() whose refusal was caught does not end the process by a reading", async () => {
  const program = `
    import * as tf from "@tensorflow/tfjs";
    import { initBackend, jit } from "./lib/tensorflow/mod.ts";
    const { name } = await initBackend();
    const readings = {
      data: (x) => { tf.square(x).data().then(() => {}); },
      array: (x) => { tf.square(x).array(); },
      later: async (x) => { await x.data(); return tf.square(x); },
      after: async (x) => { await 0; return tf.square(x); },
    };
    const refused = [];
    for (const [name, read] of Object.entries(readings)) {
      try {
        jit(read)(tf.scalar(1));
      } catch (error) {
        refused.push(name + " " + error.name);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(name, refused.join());
  `;
  const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", program],
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const [printed, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, errors);
  if (printed.startsWith("tensorflow")) {
    assertEquals(
      printed.trim(),
      "tensorflow data TypeError,array TypeError,later TypeError,after TypeError",
    );
  }
});
