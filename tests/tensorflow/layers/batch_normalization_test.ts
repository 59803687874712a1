import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization, type BatchNormalizationArgs } from "../../../lib/tensorflow/mod.ts";
import { testOnEachBackend } from "../../augmentation/on_each_backend.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

/** Numbers that look random and are the same on each backend. */
const numbers = (size: number, seed: number) =>
  Array.from({ length: size }, (_, i) => 3 + 2 * Math.sin(seed + 1.7 * i * i));

/** A layer's output as numbers. */
function apply(layer: tf.layers.Layer, input: tf.Tensor, training: boolean): number[] {
  const [output] = [layer.apply(input, { training })].flat();
  assert(output instanceof tf.Tensor);
  assertEquals(output.shape, input.shape);
  return [...output.dataSync()];
}

/** What a layer makes of three batches in training and of one afterwards, and its weights. */
function outputs(layer: tf.layers.Layer, shape: number[], { isTrained = true } = {}): number[][] {
  const batch = (seed: number) => tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), shape);
  return tf.tidy(() => [
    ...[1, 2, 3].flatMap((seed) => isTrained ? [apply(layer, batch(seed), true)] : []),
    apply(layer, batch(4), false),
    ...layer.getWeights().map((weight) => [...weight.dataSync()]),
  ]);
}

/** The same numbers up to the rounding of float32 operations of another order. */
function assertClose(actual: number[][], expected: number[][]): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((values, i) => {
    assertEquals(actual[i].length, values.length);
    values.forEach((value, j) =>
      assertAlmostEquals(actual[i][j], value, 2e-5 * Math.max(1, Math.abs(value)), `${i}, ${j}`)
    );
  });
}

const random = (seed: number) => tf.initializers.randomUniform({ minval: 0.5, maxval: 2, seed });

/** Every option of the package's layer; what it throws at in training is only compared outside. */
const OPTIONS: Record<string, BatchNormalizationArgs & { axis?: number; isTrained?: false }> = {
  "no options": {},
  momentum: { momentum: 0.5 },
  epsilon: { epsilon: 0.1 },
  "no scale": { scale: false, isTrained: false },
  "no center": { center: false, isTrained: false },
  initializers: {
    gammaInitializer: random(1),
    betaInitializer: random(2),
    movingMeanInitializer: random(3),
    movingVarianceInitializer: random(4),
  },
  constraints: {
    gammaInitializer: "ones",
    betaInitializer: random(2),
    gammaConstraint: "unitNorm",
    betaConstraint: "nonNeg",
  },
  "an axis that is not the last": { axis: 1, gammaInitializer: random(1), isTrained: false },
  "an axis from the end": { axis: -2, betaInitializer: random(1), isTrained: false },
};

for (const [name, { isTrained, ...options }] of Object.entries(OPTIONS)) {
  // On the other backends the package is wrong there: it takes the statistics for the last axis's.
  const test = options.axis === undefined ? testOnEachBackend : testOnTensorflow;
  test(`BatchNormalization does as the package's layer with ${name}`, () => {
    for (const shape of [[4, 3, 2, 5], [7, 3, 4], [6, 5]]) {
      const ours = new BatchNormalization(options);
      const theirs = tf.layers.batchNormalization(options);
      assertClose(outputs(ours, shape, { isTrained }), outputs(theirs, shape, { isTrained }));
      assertEquals(ours.getConfig(), { ...theirs.getConfig(), name: ours.name });
      ours.dispose();
      theirs.dispose();
    }
  });
}

/** Algorithm 1 and its gradient, number by number, of the channels along any axis. */
function byHand(
  { values, shape, axis, gamma, beta, epsilon, dy }: {
    values: number[];
    shape: number[];
    axis: number;
    gamma: number[];
    beta: number[];
    epsilon: number;
    dy: number[];
  },
) {
  const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const channel = (i: number) => Math.floor(i / stride) % shape[axis];
  const count = values.length / shape[axis];
  const meansOf = (all: number[]) =>
    gamma.map((_, c) =>
      all.reduce((sum, value, i) => channel(i) === c ? sum + value : sum, 0) / count
    );
  const mean = meansOf(values);
  const variance = meansOf(values.map((value, i) => (value - mean[channel(i)]) ** 2));
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const normal = values.map((value, i) => (value - mean[channel(i)]) / deviation[channel(i)]);
  const dyMean = meansOf(dy);
  const dyNormalMean = meansOf(dy.map((d, i) => d * normal[i]));
  return {
    mean,
    variance,
    output: normal.map((value, i) => gamma[channel(i)] * value + beta[channel(i)]),
    dx: dy.map((d, i) => {
      const c = channel(i);
      return gamma[c] / deviation[c] * (d - dyMean[c] - normal[i] * dyNormalMean[c]);
    }),
    dgamma: dyNormalMean.map((value) => value * count),
    dbeta: dyMean.map((value) => value * count),
    /** By other statistics. */
    inferred: (mean: number[], variance: number[]) =>
      values.map((value, i) => {
        const c = channel(i);
        return gamma[c] * (value - mean[c]) / Math.sqrt(variance[c] + epsilon) + beta[c];
      }),
  };
}

// Lengths that differ, and lengths that do not, where an axis too few would go unnoticed.
for (const shape of [[5, 3], [3, 3], [4, 2, 3], [3, 2, 4, 5], [1, 3, 3, 3], [2, 3, 2, 3, 4]]) {
  testOnEachBackend(`BatchNormalization is as computed by hand on each axis of [${shape}]`, () => {
    for (const axis of [...shape.keys()]) {
      for (const [scale, center] of [[true, true], [false, true], [true, false], [false, false]]) {
        const options = { momentum: 0.9, epsilon: 0.01, scale, center };
        const layer = new BatchNormalization({ ...options, axis: axis - shape.length });
        const channels = shape[axis];
        const size = tf.util.sizeFromShape(shape);
        const [values, dy] = [numbers(size, 1), numbers(size, 2)];
        const gamma = scale ? numbers(channels, 3) : Array(channels).fill(1);
        const beta = center ? numbers(channels, 4) : Array(channels).fill(0);
        const moving = { mean: numbers(channels, 5), variance: numbers(channels, 6) };
        const input = tf.tensor(values, shape);
        layer.apply(input);
        layer.setWeights(
          [...scale ? [gamma] : [], ...center ? [beta] : [], moving.mean, moving.variance]
            .map((weight) => tf.tensor1d(weight)),
        );
        const hand = byHand({ values, shape, axis, gamma, beta, epsilon: 0.01, dy });
        assertClose([apply(layer, input, false)], [
          hand.inferred(moving.mean, moving.variance),
        ]);
        assertClose([apply(layer, input, true)], [hand.output]);
        const moved = (from: number[], to: number[]) =>
          from.map((value, c) => 0.9 * value + 0.1 * to[c]);
        assertClose(layer.getWeights().slice(-2).map((weight) => [...weight.dataSync()]), [
          moved(moving.mean, hand.mean),
          moved(moving.variance, hand.variance),
        ]);
        const variables = layer.trainableWeights.map((weight) => weight.read());
        const gradients = tf.grads((x: tf.Tensor) => {
          const output = layer.apply(x, { training: true });
          assert(output instanceof tf.Tensor);
          return tf.sum(tf.mul(output, tf.tensor(dy, shape)));
        });
        const [dx] = gradients([input]);
        assertClose([[...dx.dataSync()]], [hand.dx]);
        if (variables.length > 0) {
          const { grads } = tf.variableGrads(() => {
            const output = layer.apply(input, { training: true });
            assert(output instanceof tf.Tensor);
            return tf.sum(tf.mul(output, tf.tensor(dy, shape))).asScalar();
          }, variables.filter((variable) => variable instanceof tf.Variable));
          assertClose(Object.values(grads).map((gradient) => [...gradient.dataSync()]), [
            ...scale ? [hand.dgamma] : [],
            ...center ? [hand.dbeta] : [],
          ]);
        }
        layer.dispose();
      }
    }
  });
}

Deno.test("BatchNormalization takes Keras's list of one axis, and saves the axis", () => {
  for (const [axis, weights] of [[3, 5], [1, 3], [-1, 5], [-4, 2]]) {
    const layer = new BatchNormalization({ axis: [axis] });
    layer.apply(tf.input({ batchShape: [2, 3, 4, 5] }));
    assertEquals(layer.getWeights().map(({ shape }) => shape), Array(4).fill([weights]));
    assertEquals(layer.getConfig().axis, axis);
    layer.dispose();
  }
});

Deno.test("BatchNormalization is saved as Keras's, with Keras's defaults", async () => {
  await tf.setBackend("cpu");
  const { axis, momentum, epsilon, center, scale } = new BatchNormalization().getConfig();
  assertEquals({ axis, momentum, epsilon, center, scale }, {
    axis: -1,
    momentum: 0.99,
    epsilon: 0.001,
    center: true,
    scale: true,
  });
  assertEquals(new BatchNormalization().getClassName(), "BatchNormalization");
});

Deno.test("BatchNormalization refuses channels without a number and axes that are none", () => {
  for (const axis of [-1, 3, -4, 0.5, [0, 1], []]) {
    const layer = new BatchNormalization({ axis });
    assertThrows(() => layer.build([2, 3, null]), Error, "should have a defined dimension");
  }
});

Deno.test("BatchNormalization checks its input as the package's layer does", () => {
  const layer = new BatchNormalization();
  layer.apply(tf.ones([2, 3]));
  assertThrows(() => layer.apply(tf.ones([2, 4])), Error, "incompatible");
  assertThrows(() => layer.apply(tf.ones([2, 3, 3])), Error, "incompatible");
});
