import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { denseNetwork, smallCnn, vgg } from "../../../lib/models/mod.ts";
import {
  adam,
  adamW,
  BatchNormalization,
  Dropout,
  type Optimizer,
  sgd,
} from "../../../lib/tensorflow/mod.ts";
import { crossEntropy } from "../../../lib/training/mod.ts";
import { testAgreement, type Trainee } from "./agreement.ts";

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
