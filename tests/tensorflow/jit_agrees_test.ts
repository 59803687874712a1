import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { denseNetwork, smallCnn, vgg } from "../../lib/models/mod.ts";
import {
  adam,
  adamW,
  BatchNormalization,
  Dropout,
  jit,
  type Optimizer,
  RandomGenerator,
  sgd,
} from "../../lib/tensorflow/mod.ts";
import { crossEntropy } from "../../lib/training/mod.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

/** Something to train: what a step takes, what it does, and what it changes. */
interface Trainee {
  step: (batch: tf.Tensor, labels: tf.Tensor1D) => tf.Tensor;
  variables: tf.Variable[];
  shape: number[];
  dispose(): void;
}

/** Trains twice from the same start, recorded and not, and compares weights and losses. */
function testAgreement(name: string, make: () => Trainee, { steps = 20 } = {}): void {
  testOnTensorflow(`jit() trains as its function does: ${name}`, () => {
    const [eager, recorded] = [false, true].map((useJit) => {
      const { step, variables, shape, dispose } = make();
      const data = new RandomGenerator(5);
      const run = useJit ? jit(step) : Object.assign(
        (batch: tf.Tensor, labels: tf.Tensor1D) => tf.tidy(() => step(batch, labels)),
        { dispose() {} },
      );
      const losses = Array.from({ length: steps }, () =>
        tf.tidy(() => {
          const batch = data.uniform(shape);
          const labels = tf.cast(tf.mul(data.uniform([shape[0]]), 10), "int32").as1D();
          return run(batch, labels).dataSync()[0];
        }));
      const weights = variables.map((variable) => tf.tensor(variable.dataSync(), variable.shape));
      run.dispose();
      dispose();
      data.dispose();
      return [...weights, tf.tensor(losses)];
    });
    assertEquals(recorded.length, eager.length);
    eager.forEach((a, i) => {
      const [difference, size] = [tf.norm(tf.sub(a, recorded[i])), tf.norm(a)]
        .map((norm) => norm.dataSync()[0]);
      assert(size > 0 && difference / size < 1e-4, `tensor ${i}: ${difference} of ${size}`);
    });
  });
}

function trainModel(make: () => tf.LayersModel, makeOptimizer: () => Optimizer): () => Trainee {
  return () => {
    const model = make();
    const optimizer = makeOptimizer();
    const trained = variablesOf(model.trainableWeights);
    return {
      step(batch, labels) {
        const { value, grads } = tf.variableGrads(() => {
          const [logits] = [model.apply(batch, { training: true })].flat();
          assert(logits instanceof tf.Tensor);
          return crossEntropy(labels, logits.as2D(batch.shape[0], 10));
        }, trained);
        optimizer.applyGradients(grads);
        return value;
      },
      variables: variablesOf(withGradient(model)),
      shape: [8, ...model.inputs[0].shape.slice(1).map(Number)],
      dispose() {
        model.dispose();
        optimizer.dispose();
      },
    };
  };
}

/** The weights but for biases before a normalisation, whose gradients are what rounding leaves. */
function withGradient({ layers }: tf.LayersModel): tf.LayerVariable[] {
  return layers.flatMap((layer, i) =>
    layers[i + 1] instanceof BatchNormalization ? layer.weights.slice(0, 1) : layer.weights
  );
}

function variablesOf(weights: tf.LayerVariable[]): tf.Variable[] {
  return weights.map((weight) => weight.read()).filter((tensor) => tensor instanceof tf.Variable);
}

testAgreement("the dense network, Adam", trainModel(() => denseNetwork({ seed: 1 }), () => adam()));
testAgreement("the small CNN, Adam", trainModel(() => smallCnn({ seed: 1 }), () => adam()));
testAgreement("the small CNN, AdamW", trainModel(() => smallCnn({ seed: 1 }), () => adamW()));
testAgreement(
  "the small CNN, SGD with Nesterov momentum and weight decay",
  trainModel(
    () => smallCnn({ seed: 1 }),
    () => sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  ),
);
// Longer, a difference of 1e-7 in one weight of this network grows to one of 1e-3 in the loss,
// eagerly too: somewhere another pixel becomes a maximum, or another value passes a ReLU.
testAgreement(
  "the VGG, with batch normalisation and dropout, SGD, for six steps",
  trainModel(() => vgg({ seed: 1 }), () => sgd({ learningRate: 1e-4, momentum: 0.9 })),
  { steps: 6 },
);

/** Trains variables by hand: `shapes` are theirs, `logitsOf` is the network. */
function trainVariables(
  { shapes, input, logitsOf, makeOptimizers = () => [adam({ learningRate: 0.01 })], clip }: {
    shapes: number[][];
    input: number[];
    logitsOf: (batch: tf.Tensor, weights: tf.Variable[], labels: tf.Tensor1D) => tf.Tensor;
    makeOptimizers?: () => Optimizer[];
    clip?: (gradients: tf.NamedTensorMap) => tf.NamedTensorMap;
  },
): () => Trainee {
  return () => {
    const random = new RandomGenerator(2);
    const weights = shapes.map((shape) =>
      tf.tidy(() => tf.variable(tf.mul(random.normal(shape), 0.3)))
    );
    random.dispose();
    const optimizers = makeOptimizers();
    return {
      step(batch, labels) {
        const { value, grads } = tf.variableGrads(
          () => crossEntropy(labels, logitsOf(batch, weights, labels).as2D(batch.shape[0], 10)),
          weights,
        );
        const gradients = Object.entries(clip === undefined ? grads : clip(grads));
        optimizers.forEach((optimizer, i) =>
          optimizer.applyGradients(
            Object.fromEntries(gradients.filter((_, j) => j % optimizers.length === i)),
          )
        );
        return value;
      },
      variables: weights,
      shape: input,
      dispose() {
        tf.dispose(weights);
        optimizers.forEach((optimizer) => optimizer.dispose());
      },
    };
  };
}

const dense = (x: tf.Tensor, weight: tf.Tensor) =>
  tf.matMul(x.as2D(x.shape[0], -1), weight.as2D(-1, 10));

testAgreement(
  "a residual addition and a concatenation",
  trainVariables({
    shapes: [[3, 3, 4, 4], [6 * 6 * 8, 10]],
    input: [8, 6, 6, 4],
    logitsOf(batch, [kernel, weight]) {
      const x = batch.as4D(8, 6, 6, 4);
      const y = tf.conv2d(x, kernel.as4D(3, 3, 4, 4), 1, "same");
      return dense(tf.concat([tf.relu(tf.add(x, y)), x], 3), weight);
    },
  }),
);

testAgreement(
  "a depthwise convolution and a layer normalisation",
  trainVariables({
    shapes: [[3, 3, 4, 1], [4], [4], [6 * 6 * 4, 10]],
    input: [8, 6, 6, 4],
    logitsOf(batch, [kernel, gain, shift, weight]) {
      const filter = kernel.as4D(3, 3, 4, 1);
      const x = tf.depthwiseConv2d(batch.as4D(8, 6, 6, 4), filter, 1, "same");
      const { mean, variance } = tf.moments(x, -1, true);
      const normalized = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
      return dense(tf.add(tf.mul(normalized, gain), shift), weight);
    },
  }),
);

testAgreement(
  "an embedding, slices and a loop that unrolls",
  trainVariables({
    shapes: [[10, 6], [6, 6], [6, 10]],
    input: [8, 5],
    logitsOf(batch, [table, recurrent, weight]) {
      const words = tf.cast(tf.mul(batch, 10), "int32");
      const embedded = tf.gather(table, words).as3D(8, 5, 6);
      let state: tf.Tensor = tf.zeros([8, 6]);
      for (let time = 0; time < 5; time++) {
        const word = tf.slice(embedded, [0, time, 0], [8, 1, 6]).as2D(8, 6);
        state = tf.tanh(tf.add(word, tf.matMul(state, recurrent.as2D(6, 6))));
      }
      return dense(state, weight);
    },
  }),
);

testAgreement(
  "two optimizers on different variables",
  trainVariables({
    shapes: [[6, 8], [8, 10]],
    input: [8, 6],
    logitsOf: (batch, [first, second]) =>
      dense(tf.elu(tf.matMul(batch.as2D(8, 6), first.as2D(6, 8))), second),
    makeOptimizers: () => [adam({ learningRate: 0.01 }), sgd({ learningRate: 0.1 })],
  }),
);

testAgreement(
  "gradients clipped by their global norm",
  trainVariables({
    shapes: [[6, 8], [8, 10]],
    input: [8, 6],
    logitsOf: (batch, [first, second]) =>
      dense(tf.sigmoid(tf.matMul(batch.as2D(8, 6), first.as2D(6, 8))), second),
    clip(gradients) {
      const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
      const scale = tf.minimum(1, tf.div(0.1, tf.sqrt(tf.addN(squares))));
      return Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, scale)]),
      );
    },
  }),
);

testAgreement("layers within one model", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [9, 9, 2],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        useBias: false,
      }),
      new BatchNormalization(),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 12, activation: "selu" }),
      new Dropout({ rate: 0.3, seed: 4 }),
      tf.layers.dense({ units: 10 }),
    ],
  });
  // The layers draw their own weights; these are the same for both.
  tf.tidy(() =>
    model.setWeights(
      model.getWeights().map(({ shape, size }, i) =>
        tf.tensor(Array.from({ length: size }, (_, j) => 0.5 + 0.3 * Math.sin(i + 7 * j)), shape)
      ),
    )
  );
  return trainModel(() => model, () => adam())();
});
