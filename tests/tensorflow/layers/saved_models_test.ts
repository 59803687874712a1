import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization, Dropout, jit } from "../../../lib/tensorflow/mod.ts";
import { testOnEachBackend } from "../../augmentation/on_each_backend.ts";
import { granted } from "../../permissions.ts";
import { testOnTensorflow } from "../on_tensorflow.ts";
import keras2Functional from "./keras/keras2_functional/computed.json" with { type: "json" };
import keras2Sequential from "./keras/keras2_sequential/computed.json" with { type: "json" };
import keras3Sequential from "./keras/keras3_sequential/computed.json" with { type: "json" };

/** What tests/peers/layers_model_keras.py made, with what Keras computes there. */
const KERAS = {
  keras2_functional: keras2Functional,
  keras2_sequential: keras2Sequential,
  keras3_sequential: keras3Sequential,
};

/** Loads a model that tensorflowjs's converter wrote. */
async function loadConverted(name: keyof typeof KERAS): Promise<tf.LayersModel> {
  const folder = new URL(`keras/${name}/`, import.meta.url);
  let text = await Deno.readTextFile(new URL("model.json", folder));
  if (name === "keras3_sequential") {
    // TensorFlow.js does not know these two names of Keras 3, whatever the layers are.
    text = text.replaceAll('"batch_shape"', '"batch_input_shape"').replaceAll('"sequential/', '"');
  }
  const { modelTopology, weightsManifest: [{ weights, paths }] } = JSON.parse(text);
  const { buffer } = await Deno.readFile(new URL(paths[0], folder));
  return await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weights, weightData: buffer }),
  );
}

/** Saves a model with TensorFlow.js and loads it. */
async function reload(model: tf.LayersModel): Promise<tf.LayersModel> {
  const saved: tf.io.ModelArtifacts[] = [];
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved.push(artifacts);
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" as const },
    });
  }));
  return await tf.loadLayersModel(tf.io.fromMemory(saved[0]));
}

function predict(model: tf.LayersModel, input: tf.Tensor): number[] {
  return tf.tidy(() => {
    const [output] = [model.predict(input)].flat();
    return [...output.dataSync()];
  });
}

const weightsOf = (model: tf.LayersModel) =>
  model.layers.flatMap((layer) => layer.getWeights()).map((weight) => [...weight.dataSync()]);

/** Without dropout: each program has random numbers of its own. */
function withoutDropout(model: tf.LayersModel): tf.LayersModel {
  for (const layer of model.layers) {
    if (layer.getClassName().includes("Dropout")) Object.assign(layer, { rate: 0 });
  }
  return model;
}

/** The same numbers up to float32's rounding, which sums of greater terms have. */
function assertClose(actual: number[], expected: number[], name: string): void {
  const size = Math.max(1, ...expected.map(Math.abs));
  assertEquals(actual.length, expected.length, name);
  expected.forEach((value, i) => assertAlmostEquals(actual[i], value, 1e-5 * size, name));
}

const batchShape = (model: tf.LayersModel) => [6, ...model.inputs[0].shape.slice(1).map(Number)];

for (const name of ["keras2_functional", "keras2_sequential", "keras3_sequential"] as const) {
  if (!granted("read")) break;
  const { inputs, outputs, targets, loss, weights } = KERAS[name];

  testOnEachBackend(`a model of Keras's predicts and learns as in Keras: ${name}`, async () => {
    const model = withoutDropout(await loadConverted(name));
    const [input, target] = [tf.tensor(inputs, batchShape(model)), tf.tensor(targets, [6, 2])];
    assertClose(predict(model, input), outputs, "outputs");
    const optimizer = tf.train.sgd(0.1);
    model.compile({ optimizer, loss: "meanSquaredError" });
    const [trained] = [await model.trainOnBatch(input, target)].flat();
    assertClose([trained], [loss], "loss");
    weightsOf(model).forEach((values, i) => assertClose(values, weights[i], `weight ${i}`));
    // Saved by TensorFlow.js, it is the same model.
    const again = await reload(model);
    assertEquals(predict(again, input), predict(model, input));
    tf.dispose([input, target]);
    optimizer.dispose();
    model.dispose();
    again.dispose();
  });

  testOnTensorflow(
    `jit() trains a model of Keras's, with a fresh mask each time: ${name}`,
    async () => {
      const model = await loadConverted(name);
      const plain = model.layers.filter((layer) => layer instanceof Dropout)
        .filter((layer) => !layer.getConfig().noiseShape);
      const drop = jit((input: tf.Tensor) =>
        plain.map((layer) => layer.call(input, { training: true }))
      );
      const masks = [1, 2, 3, 4].map(() => drop(tf.ones([40])).map((mask) => `${mask.dataSync()}`));
      assert(plain.length > 0);
      for (const i of plain.keys()) assertEquals(new Set(masks.map((mask) => mask[i])).size, 4);
      drop.dispose();

      withoutDropout(model);
      const start = model.getWeights().map((weight) => tf.tensor(weight.dataSync(), weight.shape));
      const input = tf.tensor(inputs, batchShape(model));
      const step = (input: tf.Tensor) => {
        const [output] = [model.apply(input, { training: true })].flat();
        assert(output instanceof tf.Tensor);
        return output;
      };
      const recorded = jit(step);
      const [eager, replayed] = [step, recorded].map((run) => {
        model.setWeights(start);
        const outputs = [1, 2, 3, 4].map(() => [...run(input).dataSync()]);
        return [...outputs, ...weightsOf(model)];
      });
      eager.forEach((values, i) => assertClose(replayed[i], values, `${i}`));
      recorded.dispose();
      model.dispose();
    },
  );
}

/** Images to two numbers; every option with which the package's own layers can train. */
function packagesModel(): tf.Sequential {
  const random = (seed: number) => tf.initializers.randomUniform({ minval: 0.5, maxval: 2, seed });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [5, 5, 2],
        filters: 3,
        kernelSize: 3,
        kernelInitializer: random(1),
      }),
      tf.layers.batchNormalization({
        momentum: 0.8,
        epsilon: 0.01,
        gammaInitializer: random(2),
        betaInitializer: random(3),
        movingMeanInitializer: random(4),
        movingVarianceInitializer: random(5),
        gammaRegularizer: tf.regularizers.l2({ l2: 0.1 }),
        betaRegularizer: "l1l2",
        gammaConstraint: tf.constraints.nonNeg(),
      }),
      tf.layers.dropout({ rate: 0, noiseShape: [6, 1, 1, 3] }),
      tf.layers.flatten(),
      tf.layers.batchNormalization({ trainable: false }),
      tf.layers.dropout({ rate: 0 }),
      tf.layers.dense({ units: 2, kernelInitializer: random(6) }),
    ],
  });
}

testOnEachBackend(
  "a model of TensorFlow.js's learns the same once it is loaded as ours",
  async () => {
    const theirs = packagesModel();
    const ours = await reload(theirs);
    assertEquals(theirs.layers.filter((layer) => layer instanceof BatchNormalization).length, 0);
    assertEquals(ours.layers.filter((layer) => layer instanceof BatchNormalization).length, 2);
    assertEquals(ours.layers.filter((layer) => layer instanceof Dropout).length, 2);
    const modelTopology = theirs.toJSON(null, false);
    assert(typeof modelTopology === "object");
    assertEquals(ours.toJSON(null, false), modelTopology);
    const made = await tf.models.modelFromJSON({ modelTopology });
    assertEquals(weightsOf(made), weightsOf(theirs), "they begin with other weights");
    made.dispose();
    const [input, target] = [
      tf.randomUniform([12, 5, 5, 2], -1, 1, "float32", 1),
      tf.ones([12, 2]),
    ];
    const [expected, actual] = await Promise.all([theirs, ours].map(async (model) => {
      const optimizer = tf.train.sgd(0.05);
      model.compile({ optimizer, loss: "meanSquaredError" });
      const { history } = await model.fit(input, target, {
        epochs: 3,
        batchSize: 6,
        shuffle: false,
        verbose: 0,
      });
      const [score] = [model.evaluate(input, target)].flat();
      const learnt = [history.loss.map(Number), [...score.dataSync()], predict(model, input)];
      score.dispose();
      optimizer.dispose();
      return [...learnt, ...weightsOf(model)];
    }));
    expected.forEach((values, i) => assertClose(actual[i], values, `${i}`));
    assert(expected[0][2] < expected[0][0], "nothing is learnt");
    tf.dispose([input, target]);
    theirs.dispose();
    ours.dispose();
  },
);

testOnEachBackend("a mask passes through a model that is loaded as ours", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.embedding({ inputShape: [4], inputDim: 5, outputDim: 3, maskZero: true }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.simpleRNN({ units: 2 }),
    ],
  });
  const loaded = await reload(model);
  const [masked, same] = [tf.tensor2d([[1, 2, 0, 0]]), tf.tensor2d([[1, 2, 3, 4]])];
  assertEquals(predict(loaded, masked), predict(model, masked));
  assert(predict(loaded, masked).join() !== predict(loaded, same).join());
  tf.dispose([masked, same]);
  model.dispose();
  loaded.dispose();
});
