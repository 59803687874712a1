/**
 * A short run, alone or as a worker of a cluster, for the tests: says as JSON the weights that it
 * ends with and the history, without seconds. The argument is JSON of:
 *
 * - `net`: `linear`, or `tiny`, which has all that a checkpoint must bring back;
 * - `workerSeed`: the second worker's seed;
 * - `directory`: gets a checkpoint after each step, from which a run goes on;
 * - `dies`: which worker kills itself, and after how many steps.
 */
import { clusterSpec, initBackend, joinCluster } from "../../lib/tensorflow/mod.ts";
import { fitRecipe } from "../../lib/training/mod.ts";
import { linearModel, tinyDataset, weightValues } from "./tiny.ts";
import { RECIPE, tinyNet } from "./tiny_net.ts";

const { net, workerSeed = 0, directory, dies } = JSON.parse(Deno.args[0]);
const spec = clusterSpec();
const cluster = spec && await joinCluster(spec, { heartbeatTimeout: 4 });
if (cluster === undefined) await initBackend({ backend: "tensorflow" });
const model = net === "tiny" ? tinyNet() : linearModel();
const plain = { ...RECIPE, augmentation: undefined, validation: 10 };
let reports = 0;
try {
  const { history } = await fitRecipe(model, tinyDataset(63, { seed: 0 }), {
    recipe: net === "tiny" ? RECIPE : plain,
    seed: cluster?.index === 1 ? workerSeed : 0,
    checkpoints: directory && { directory, minutes: 0, resume: true },
    cluster,
    observer: {
      onEpochEnd() {
        if (dies !== undefined && dies.worker === cluster?.index && ++reports === dies.epochs) {
          Deno.kill(Deno.pid, "SIGKILL");
        }
      },
    },
  });
  const metrics = history.map(({ seconds: _, ...metrics }) => metrics);
  console.log(JSON.stringify({ weights: weightValues(model), history: metrics }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error) }));
}
Deno.exit(0);
