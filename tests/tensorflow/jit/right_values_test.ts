import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { jit } from "../../../lib/tensorflow/mod.ts";
import { testOnBothBackends } from "../on_tensorflow.ts";

/** A function that does not do the same each time: what its calls give, one after the other. */
interface Changing {
  make(): (x: tf.Tensor1D) => tf.Tensor;
  readonly args: readonly number[][];
  readonly values: readonly number[][];
  /** What the error names where it cannot be replayed. */
  readonly refusal: string;
}

const zeros = [[0, 0], [0, 0], [0, 0]];

const CHANGING: Record<string, Changing> = {
  "a shape that depends on values": {
    make: () => (x) => {
      const unique = tf.unique(x).values;
      return tf.div(tf.sum(unique), unique.shape[0]);
    },
    args: [[1, 2, 1], [2, 1, 1], [1, 2, 3]],
    values: [[1.5], [1.5], [2]],
    refusal: "Cannot replay UniqueV2",
  },
  "constants of other shapes": {
    make() {
      let n = 0;
      return () => tf.add(tf.zeros([2, 2]), tf.tensor([1, 2], n++ % 2 ? [2, 1] : [1, 2]));
    },
    args: zeros,
    values: [[1, 2, 1, 2], [1, 1, 2, 2], [1, 2, 1, 2]],
    refusal: "at the second call it is a float32 [2, 1]",
  },
  "constants of other element types": {
    make() {
      let n = 0;
      return () => tf.div(1, tf.cast(tf.tensor([2], [1], n++ % 2 ? "int32" : "bool"), "float32"));
    },
    args: zeros,
    values: [[1], [0.5], [1]],
    refusal: "Cast took a bool [1] that was made on the host, at the second call it is a int32",
  },
  "an option that is 0 or -0": {
    make() {
      let n = 0;
      return (x) => tf.div(1, tf.leakyRelu(tf.sub(x, 1), n++ % 2 ? -0 : 0));
    },
    args: zeros,
    values: [[-Infinity, -Infinity], [Infinity, Infinity], [-Infinity, -Infinity]],
    refusal: "alpha of LeakyRelu was 0, at the second call it is -0",
  },
  "a number that is counted up": {
    make() {
      let n = 0;
      return (x) => tf.add(x, n++);
    },
    args: zeros,
    values: [[0, 0], [1, 1], [2, 2]],
    refusal: "had other values at the second call",
  },
  "a value that is read": {
    make: () => (x) => tf.scalar(x.dataSync()[0]),
    args: [[1], [2], [3]],
    values: [[1], [2], [3]],
    refusal: "Cannot read argument 0 on the host",
  },
  "a coin": {
    make: () => (x) => Math.random() < 2 ? tf.neg(x) : x,
    args: [[1], [2], [3]],
    values: [[-1], [-2], [-3]],
    refusal: "Cannot record Math.random()",
  },
  "the time": {
    make: () => (x) => Date.now() > 0 ? tf.neg(x) : x,
    args: [[1], [2], [3]],
    values: [[-1], [-2], [-3]],
    refusal: "Cannot record Date.now()",
  },
};

for (const [name, { make, args, values, refusal }] of Object.entries(CHANGING)) {
  testOnBothBackends(`jit() gives right values or none of ${name}`, (backend) => {
    const recorded = jit(make());
    const given: number[][] = [];
    let refused = "";
    for (const arg of args) {
      try {
        given.push([...recorded(tf.tensor1d(arg)).dataSync()]);
      } catch (error) {
        assert(error instanceof Error);
        refused = error.message;
        break;
      }
    }
    assertEquals(given, values.slice(0, given.length));
    if (backend === "wasm") assertEquals(given.length, values.length);
    else assert(refused.includes(refusal), refused);
    recorded.dispose();
  });
}

testOnBothBackends("jit() takes a new learning rate of tf.train.sgd() into account", () => {
  const weight = tf.variable(tf.scalar(1));
  const optimizer = tf.train.sgd(0.1);
  const step = jit(() => {
    optimizer.minimize(() => weight.asScalar(), false, [weight]);
  });
  const weights = [1, 2, 3, 4, 5].map((call) => {
    if (call === 4) optimizer.setLearningRate(0);
    step();
    return weight.dataSync()[0].toFixed(1);
  });
  assertEquals(weights, ["0.9", "0.8", "0.7", "0.7", "0.7"]);
  step.dispose();
  optimizer.dispose();
  weight.dispose();
});

testOnBothBackends("jit().later() loses no update of calls that overlap", async () => {
  const total = tf.tidy(() => tf.variable(tf.scalar(0)));
  const add = jit((x: tf.Tensor) => total.assign(tf.add(total, x)));
  const one = tf.scalar(1);
  for (let call = 0; call < 3; call++) add(one);
  await Promise.all([1, 2, 3].map(() => add.later(one)));
  assertEquals(total.dataSync()[0], 6);
  tf.dispose([total, one]);
  add.dispose();
});
