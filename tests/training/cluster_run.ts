/**
 * A short run, alone or as a worker of a cluster, for the tests: says as JSON the weights that it
 * ends with and the history, without seconds. The argument is JSON of:
 *
 * - `net`: `linear`, or `tiny`, which has all that a checkpoint must bring back;
 * - `workerSeed`: the second worker's seed;
 * - `directory`: gets a checkpoint after each step, or after `minutes`, from which a run goes on;
 * - `dies`: which worker kills itself, and how many milliseconds `after` it has joined,
 *   or at the end of which `epoch`.
 */
import { clusterSpec, initBackend, joinCluster, sgd } from "../../lib/tensorflow/mod.ts";
import { type EpochMetrics, fit, fitRecipe } from "../../lib/training/mod.ts";
import { linearModel, tinyDataset, weightValues } from "./tiny.ts";
import { RECIPE, tinyNet } from "./tiny_net.ts";

const { net, workerSeed = 0, directory, minutes = 0, dies } = JSON.parse(Deno.args[0]);
const spec = clusterSpec();
const cluster = spec && await joinCluster(spec, { heartbeatTimeout: 4 });
if (cluster === undefined) await initBackend({ backend: "tensorflow" });
const model = net === "tiny" ? tinyNet() : linearModel();
const dataset = tinyDataset(63, { seed: 0 });
const isDoomed = dies !== undefined && dies.worker === cluster?.index;
const die = () => Deno.kill(Deno.pid, "SIGKILL");
if (isDoomed && dies.after !== undefined) setTimeout(die, dies.after);
const observer = {
  onEpochEnd: ({ epoch }: EpochMetrics) => isDoomed && epoch === dies.epoch ? die() : undefined,
};

/** By plain gradients: Adam makes much of small differences. */
async function trainLinear() {
  const [fitting, validation] = dataset.split({ validation: 10, seed: 0 });
  const optimizer = sgd({ learningRate: 0.5, momentum: 0.9 });
  const options = { epochs: 3, batchSize: 7, seed: 0, validation, optimizer, cluster };
  return await fit(model, fitting, { ...options, averageDecay: 0.9 });
}

async function trainTiny() {
  return await fitRecipe(model, dataset, {
    recipe: RECIPE,
    seed: cluster?.index === 1 ? workerSeed : 0,
    checkpoints: directory && { directory, minutes, resume: true },
    cluster,
    observer,
  });
}

try {
  const { history } = net === "tiny" ? await trainTiny() : await trainLinear();
  const metrics = history.map(({ seconds: _, ...metrics }) => metrics);
  console.log(JSON.stringify({ weights: weightValues(model), history: metrics }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
Deno.exit(0);
