import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { adam, adamW, jit, muon, Optimizer, sgd } from "../../../lib/tensorflow/mod.ts";
import { testOnEachBackend } from "../../augmentation/on_each_backend.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";

const OPTIMIZERS: Record<string, () => Optimizer> = {
  adam: () => adam({ learningRate: 0.01, beta1: 0.8, beta2: 0.9, epsilon: 1e-3 }),
  adamW: () => adamW({ learningRate: 0.01, weightDecay: 0.1 }),
  sgd: () => sgd({ learningRate: 0.1 }),
  momentum: () => sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
  muon: () => muon({ learningRate: 0.1, momentum: 0.8, newtonSchulzSteps: 3, weightDecay: 0.1 }),
};

function makeModel(optimizer: Optimizer): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: 4, activation: "tanh", kernelInitializer }),
      tf.layers.dense({ units: 2, kernelInitializer }),
    ],
  });
  model.compile({ optimizer, loss: "meanSquaredError" });
  return model;
}

async function save(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  const saved: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler((artifacts) => {
    saved.push(artifacts);
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" as const },
    });
  });
  await model.save(handler, { includeOptimizer: true });
  return saved[0];
}

async function train(model: tf.LayersModel, steps: number): Promise<void> {
  const [input, target] = [tf.randomUniform([6, 3], -1, 1, "float32", 1), tf.ones([6, 2])];
  for (let step = 0; step < steps; step++) await model.trainOnBatch(input, target);
  tf.dispose([input, target]);
}

const weightsOf = (model: tf.LayersModel) =>
  model.getWeights().map((weight) => [...weight.dataSync()]);

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  testOnEachBackend(
    `${name} that is saved with its model goes on as if it had not been`,
    async () => {
      const optimizer = make();
      const model = makeModel(optimizer);
      await train(model, 3);
      optimizer.setLearningRate(0.02);
      // Through JSON, as in a file; twice, as without a step between.
      const once = await tf.loadLayersModel(tf.io.fromMemory(await save(model)));
      const artifacts = await save(once);
      const loaded = await tf.loadLayersModel(tf.io.fromMemory({
        ...artifacts,
        trainingConfig: JSON.parse(JSON.stringify(artifacts.trainingConfig)),
      }));
      const [first, second] = [once, loaded].map((model) => model.optimizer);
      assert(first instanceof Optimizer && second instanceof Optimizer);
      assertEquals(second.iterations, 3);
      assertEquals(second.getConfig(), optimizer.getConfig());
      await train(model, 3);
      await train(loaded, 3);
      assertEquals(weightsOf(loaded), weightsOf(model));
      for (const owned of [optimizer, first, second, model, once, loaded]) owned.dispose();
    },
  );
}

testOnTensorflow("jit() goes on with an optimizer that was loaded", async () => {
  const optimizer = adam();
  const model = makeModel(optimizer);
  await train(model, 3);
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(await save(model)));
  const { optimizer: again } = loaded;
  assert(again instanceof Optimizer);
  const steps = ([[model, optimizer], [loaded, again]] as const).map(([model, optimizer]) =>
    jit((input: tf.Tensor) => {
      const { grads } = tf.variableGrads(() => {
        const [output] = [model.apply(input)].flat();
        assert(output instanceof tf.Tensor);
        return tf.sum(tf.square(output)).asScalar();
      });
      optimizer.applyGradients(grads);
    })
  );
  for (const step of steps) for (let i = 0; i < 4; i++) step(tf.ones([2, 3]));
  assertEquals(weightsOf(loaded), weightsOf(model));
  for (const owned of [...steps, optimizer, again, model, loaded]) owned.dispose();
});

Deno.test("an optimizer with a function of the user's is not saved, with an error that says so", async () => {
  await tf.setBackend("cpu");
  const optimizer = muon({ isForAdam: () => true });
  const model = makeModel(optimizer);
  await assertRejects(() => save(model), TypeError, "isForAdam is a function");
  model.dispose();
  optimizer.dispose();
});

Deno.test("Optimizer.setWeights() refuses what is not an optimizer's, and one that has run", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const [optimizer, other] = [adam(), tf.train.adam()];
  const theirs = await other.getWeights();
  await assertRejects(
    () => optimizer.setWeights(theirs),
    TypeError,
    "the first are iter, undefined, expected optimizer/steps, optimizer/learningRate",
  );
  const [weight, larger] = [2, 3].map((length) => tf.tidy(() => tf.variable(tf.ones([length]))));
  const [gradient, largerGradient] = [tf.ones([2]), tf.ones([3])];
  const run = adam();
  run.applyGradients({ [weight.name]: gradient });
  const saved = await run.getWeights();
  await assertRejects(() => run.setWeights(saved), TypeError, "has taken steps already");
  await optimizer.setWeights(saved);
  assertThrows(
    () => optimizer.applyGradients({ [larger.name]: largerGradient }),
    RangeError,
    `${larger.name} is [3], the optimizer was saved with [2] in its place`,
  );
  tf.dispose([...theirs.map(({ tensor }) => tensor), weight, larger, gradient, largerGradient]);
  for (const owned of [optimizer, other, run]) owned.dispose();
  assertEquals(tf.memory().numTensors, before);
});
