/**
 * `deno task bench:cluster`: how fast several processes train together.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { JsonFields } from "../benchmark/mod.ts";
import { type MeasuredStep, modelledStep, stepModel } from "../benchmark/speed/mod.ts";
import { startChild } from "../processes/mod.ts";
import { prepareTensorflow } from "../setup/mod.ts";
import { command, unlessStopped } from "./command.ts";
import { canMakeNetworks, type NetworkOptions, withNetwork } from "./network.ts";
import { wholeNumber } from "./options.ts";

const USAGE = `deno task bench:cluster [options]

Trains both studies' networks on random images with one worker and with more, each in a network
namespace of its own and on one processor, and measures a step and the reduction of its gradients.
Then says what more machines would bring by a model of the two. Linux, and root for the namespaces.

  --workers N   up to how many, 2 if not given: no more than there are processors
  --steps N     how many steps of the small CNN, 60 if not given; a tenth of these of the VGG, and a
                sixth where packets are late`;

const WORKER = fileURLToPath(new URL("./bench_cluster_worker.ts", import.meta.url));
const PORT = 2222;

/** The networks that are trained, each with the batches of its study. */
const TRAINED = [{ model: "small-cnn", batchSize: 64 }, { model: "vgg", batchSize: 256 }] as const;

/** What the network between the workers is like. */
const NETWORKS: readonly { readonly name: string; readonly options: NetworkOptions }[] = [
  { name: "as fast as the machine can", options: {} },
  { name: "1 Gbit/s", options: { rate: 1e9 } },
  { name: "20 ms late, 1 % lost", options: { delay: 20, loss: 0.01 } },
];

interface Measured extends MeasuredStep {
  readonly model: string;
  readonly network: string;
}

/** Runs the workers, each in a namespace and on a processor of its own. */
async function measure(
  { model, batchSize }: { model: string; batchSize: number },
  { workers, steps, network, signal }: {
    workers: number;
    steps: number;
    network: typeof NETWORKS[number];
    signal: AbortSignal;
  },
): Promise<Measured> {
  return await withNetwork(workers, network.options, async ({ addresses, prefixes }) => {
    const worker = addresses.map((address) => `${address}:${PORT}`);
    const said = await Promise.all(prefixes.map(async ([program, ...prefix], index) => {
      const own = ["taskset", "--cpu-list", String(index), Deno.execPath(), "run"];
      const { success, stdout } = await startChild(program, {
        args: [...prefix, ...own, "--allow-all", WORKER, model, String(batchSize), String(steps)],
        env: {
          TF_CONFIG: JSON.stringify({ cluster: { worker }, task: { type: "worker", index } }),
        },
        stdin: "null",
        stdout: "piped",
        stderr: "inherit",
        signal,
      }).output();
      if (!success) throw new Error(`Cannot measure: worker ${index} has failed`);
      return new TextDecoder().decode(stdout);
    }));
    const times = JsonFields.parse(said[0], "what the chief says", (fields) => ({
      step: fields.number("step"),
      reduction: fields.number("reduction"),
      bytes: fields.number("bytes"),
    }));
    return { ...times, model, batchSize, workers, network: network.name };
  });
}

const milliseconds = (seconds: number) => (1000 * seconds).toFixed(1);

function print(rows: readonly (readonly string[])[]): void {
  const [head, ...body] = rows;
  for (const row of [head, head.map(() => "-"), ...body]) console.log(`| ${row.join(" | ")} |`);
  console.log();
}

function report(measured: readonly Measured[]): void {
  print([
    [
      "network",
      "batch",
      "workers",
      "between them",
      "step, ms",
      "images/s",
      "reduction, ms",
      "share",
    ],
    ...measured.map(({ model, batchSize, workers, network, step, reduction }) => [
      model,
      String(batchSize),
      String(workers),
      workers === 1 ? "-" : network,
      milliseconds(step),
      (batchSize / step).toFixed(0),
      milliseconds(reduction),
      `${(100 * reduction / step).toFixed(0)} %`,
    ]),
  ]);
  const rows = TRAINED.flatMap(({ model, batchSize }) => {
    const step = stepModel(measured.filter((one) => one.model === model));
    return [1e9, 1e10].flatMap((bitsPerSecond) => {
      const seconds = (workers: number) =>
        modelledStep(step, { batchSize, workers, bitsPerSecond });
      return [1, 2, 4, 8, 16].map((workers) => [
        model,
        `${bitsPerSecond / 1e9} Gbit/s`,
        String(workers),
        milliseconds(seconds(workers)),
        (batchSize / seconds(workers)).toFixed(0),
        `${(seconds(1) / seconds(workers)).toFixed(2)} times`,
      ]);
    });
  });
  print([["network", "rate", "workers", "step, ms", "images/s", "faster"], ...rows]);
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        workers: { type: "string", default: "2" },
        steps: { type: "string", default: "60" },
      },
    });
    const most = wholeNumber("--workers", values.workers, { min: 2, max: 16 });
    const steps = wholeNumber("--steps", values.steps, { min: 10, max: 10_000 });
    if (!await canMakeNetworks()) {
      throw new Deno.errors.PermissionDenied("it needs Linux, and root for network namespaces");
    }
    await unlessStopped(signal, prepareTensorflow());
    const measured: Measured[] = [];
    for (const trained of TRAINED) {
      const quarter = { ...trained, batchSize: trained.batchSize / 4 };
      const [network] = NETWORKS;
      measured.push(
        await measure(quarter, { workers: 1, steps: Math.ceil(steps / 5), network, signal }),
      );
      for (let workers = 1; workers <= most; workers++) {
        for (const network of workers === 1 ? NETWORKS.slice(0, 1) : NETWORKS) {
          signal.throwIfAborted();
          console.error(`${trained.model}, ${workers} workers, ${network.name}`);
          const share = trained.model === "vgg" ? 10 : network.options.delay === undefined ? 1 : 6;
          const count = Math.ceil(steps / share);
          measured.push(await measure(trained, { workers, steps: count, network, signal }));
        }
      }
    }
    report(measured);
  });
}
