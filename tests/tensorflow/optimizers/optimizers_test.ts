import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { adam, adamW, jit, type Optimizer, sgd } from "../../../lib/tensorflow/mod.ts";
import keras from "../../training/keras_steps.json" with { type: "json" };
import { testOnTensorflow } from "../on_tensorflow.ts";

/** As many as tests/peers/training_keras.py takes. */
const STEPS = 10;

const OPTIMIZERS: Record<keyof typeof keras.weights, () => Optimizer> = {
  adam: () => adam(),
  adamW: () => adamW({ weightDecay: 0.01 }),
  sgd: () => sgd({ learningRate: 0.1 }),
  momentum: () => sgd({ learningRate: 0.1, momentum: 0.9 }),
  nesterov: () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
};

/** Moves weights that start at 1 by the gradients of the fixture; `run` wraps a step. */
function assertMovesAsKeras(
  name: keyof typeof OPTIMIZERS,
  run: (step: (gradient: tf.Tensor) => void) => (gradient: tf.Tensor) => void,
): void {
  const weights = tf.tidy(() => tf.variable(tf.ones([keras.gradients.length])));
  const optimizer = OPTIMIZERS[name]();
  const step = run((gradient) => optimizer.applyGradients({ [weights.name]: gradient }));
  for (let i = 0; i < STEPS; i++) tf.tidy(() => step(tf.mul(keras.gradients, 1 + i % 3)));
  // Distances from 1, so that small ones count too.
  weights.dataSync().forEach((weight, i) =>
    assertAlmostEquals(1 - weight, 1 - keras.weights[name][i], 4e-7 * Math.max(1, Math.abs(weight)))
  );
  assertEquals(optimizer.iterations, STEPS);
  weights.dispose();
  optimizer.dispose();
}

for (const name of ["adam", "adamW", "sgd", "momentum", "nesterov"] as const) {
  Deno.test(`${name} moves weights as Keras does, for gradients from 1e-8 to 0.5`, async () => {
    await tf.setBackend("cpu");
    const before = tf.memory().numTensors;
    assertMovesAsKeras(name, (step) => step);
    assertEquals(tf.memory().numTensors, before);
  });

  testOnTensorflow(`${name} moves weights as Keras does where its steps are replayed`, () => {
    assertMovesAsKeras(name, jit);
  });
}

testOnTensorflow("Optimizer.setLearningRate() changes the steps of a recording", () => {
  const weight = tf.variable(tf.scalar(0));
  const optimizer = sgd({ learningRate: 1 });
  const step = jit((gradient: tf.Tensor) => optimizer.applyGradients({ [weight.name]: gradient }));
  for (let i = 0; i < 4; i++) step(tf.scalar(-1));
  optimizer.setLearningRate(0.25);
  step(tf.scalar(-1));
  assertEquals(weight.dataSync()[0], 4.25);
  step.dispose();
  optimizer.dispose();
  weight.dispose();
});

Deno.test("Optimizer.applyGradients() refuses the gradient of no variable", async () => {
  await tf.setBackend("cpu");
  const optimizer = sgd();
  const gradient = tf.scalar(1);
  assertThrows(() => optimizer.applyGradients({ nobody: gradient }), RangeError, "nobody");
  gradient.dispose();
  optimizer.dispose();
});

Deno.test("Optimizer refuses a learning rate below 0 or none at all", () => {
  const optimizer = sgd();
  for (const learningRate of [-1, NaN, Infinity]) {
    assertThrows(() => optimizer.setLearningRate(learningRate), RangeError, `${learningRate}`);
    assertThrows(() => adam({ learningRate }), RangeError, `learningRate is ${learningRate}`);
    assertThrows(() => sgd({ learningRate }), RangeError, `learningRate is ${learningRate}`);
  }
});
