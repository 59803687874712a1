import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { adamW, jit, muon, type Optimizer } from "../../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";
import pytorch from "./muon_steps.json" with { type: "json" };

/** As many as tests/peers/muon_pytorch.py takes, with its numbers. */
const STEPS = 5;
const values = (size: number, shift: number) =>
  tf.tidy(() => tf.sin(tf.add(tf.mul(tf.range(0, size), 1.7), shift)));

/** Moves matrices as the peer does; `run` wraps a step. */
function assertMovesAsPyTorch(
  run: (step: (gradient: tf.Tensor) => void) => (gradient: tf.Tensor) => void,
): void {
  for (const { shape: [rows, columns], values: expected } of pytorch.weights) {
    const size = rows * columns;
    const matrix = tf.tidy(() => tf.variable(tf.reshape(values(size, 0.5), [rows, columns])));
    const optimizer = muon({ learningRate: 0.02, momentum: 0.95, weightDecay: 0.1 });
    const step = run((gradient) => optimizer.applyGradients({ [matrix.name]: gradient }));
    for (let i = 0; i < STEPS; i++) {
      tf.tidy(() => step(tf.reshape(values(size, i), [rows, columns])));
    }
    matrix.dataSync().forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
    optimizer.dispose();
    matrix.dispose();
  }
}

Deno.test("muon() moves matrices as PyTorch's does: high, wide and square ones", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  assertMovesAsPyTorch((step) => step);
  assertEquals(tf.memory().numTensors, before);
});

testOnTensorflow("muon() moves matrices as PyTorch's does where its steps are replayed", () => {
  assertMovesAsPyTorch(jit);
});

/** How far three steps of an optimizer move a variable of ones by such gradients. */
function moved(optimizer: Optimizer, name: string, shape: number[]): Float32Array {
  const variable = tf.tidy(() => tf.variable(tf.ones(shape), true, name));
  for (let i = 0; i < 3; i++) {
    tf.tidy(() =>
      optimizer.applyGradients({ [name]: tf.reshape(values(variable.size, i), shape) })
    );
  }
  const result = variable.dataSync().slice();
  variable.dispose();
  optimizer.dispose();
  return Float32Array.from(result);
}

Deno.test("muon() leaves vectors and what isForAdam() names to AdamW, at its learning rate", async () => {
  await tf.setBackend("cpu");
  const options = { learningRate: 0.5, adamLearningRate: 0.01, weightDecay: 0.1 };
  const isForAdam = (name: string) => name.startsWith("last/");
  const adam = () => adamW({ learningRate: 0.01, weightDecay: 0.1 });
  for (const [name, shape] of [["first/bias", [6]], ["last/kernel", [2, 3]]] as const) {
    const expected = moved(adam(), name, [...shape]);
    const received = moved(muon({ ...options, isForAdam }), name, [...shape]);
    received.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-6));
  }
  const kernel = moved(muon({ ...options, isForAdam }), "first/kernel", [2, 3]);
  assert(Math.abs(kernel[0] - moved(adam(), "first/kernel", [2, 3])[0]) > 0.01);
});

Deno.test("muon() takes a convolution's kernel for the matrix [height · width · channels, filters]", async () => {
  await tf.setBackend("cpu");
  const asKernel = moved(muon(), "a/kernel", [3, 3, 2, 4]);
  assertEquals(asKernel, moved(muon(), "b/kernel", [18, 4]));
});

testOnTensorflow("muon() keeps Adam's proportion when the learning rate is set", () => {
  const bias = tf.tidy(() => tf.variable(tf.zeros([1]), true, "c/bias"));
  const optimizer = muon({ learningRate: 0.02, adamLearningRate: 0.004 });
  optimizer.setLearningRate(0.01);
  tf.tidy(() => optimizer.applyGradients({ "c/bias": tf.ones([1]) }));
  // Adam's first step is its learning rate.
  assertAlmostEquals(bias.dataSync()[0], -0.002, 1e-6);
  optimizer.dispose();
  bias.dispose();
});
