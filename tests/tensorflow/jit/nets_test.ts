import * as tf from "@tensorflow/tfjs";
import { adam, type Optimizer, RandomGenerator, sgd } from "../../../lib/tensorflow/mod.ts";
import { crossEntropy } from "../../../lib/training/mod.ts";
import { testAgreement, type Trainee } from "./agreement.ts";

/** Trains variables by hand: `shapes` are theirs, `logitsOf` is the network. */
function trainVariables(
  { shapes, input, logitsOf, makeOptimizers = () => [adam({ learningRate: 0.01 })], clip }: {
    shapes: number[][];
    input: number[];
    logitsOf: (batch: tf.Tensor, weights: tf.Variable[]) => tf.Tensor;
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
          () => crossEntropy(labels, logitsOf(batch, weights).as2D(batch.shape[0], 10)),
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
