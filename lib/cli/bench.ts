/**
 * `deno task bench:train` and `deno task bench:predict`: our speed beside that of peers.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  formatSpeed,
  MATRIX_PRODUCT,
  type PeerCommand,
  type SpeedRow,
  speedRows,
} from "../benchmark/speed/mod.ts";
import { flopsPerImage, MODELS } from "../models/mod.ts";
import { initBackend } from "../tensorflow/mod.ts";
import { RECIPES } from "../training/mod.ts";
import { command } from "./command.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { denoPeer, preparePython, pythonPeer, racePeers } from "./peers.ts";

const USAGE = `deno task bench:train [options]
deno task bench:predict [options]

Measures how many images a second our networks train on, or classify, beside tfjs-node's eager
way, Keras and PyTorch (and onnxruntime, which only predicts), each by the fastest of its ways. They
take turns on the same machine. What they need from Python goes into .venv.peers, once.

  --only IDS       only these networks: small-cnn,vgg if not given
  --rounds N       turns of each, 7 if not given
  --format FORMAT  text (if not given), json or markdown: nothing else goes to standard output`;

/** The networks of both studies that convolve, at their batch sizes. */
const NETWORKS = ["small-cnn", "vgg"] as const;

/** Images that one run of a prediction classifies. */
const PREDICTED = 10_000;

/** Multiplications and additions of the matrix product in tests/peers/tfjs_speed.ts. */
const PRODUCT_FLOPS = 2 * 2048 ** 3;

type Task = "train" | "predict";

function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: "string", default: NETWORKS.join(",") },
      rounds: { type: "string", default: "7" },
      format: { type: "string", default: "text" },
    },
  });
  return {
    task: oneOf("the task", positionals[0] ?? "", ["train", "predict"]),
    only: values.only.split(",").map((id) => oneOf("--only", id, NETWORKS)),
    rounds: wholeNumber("--rounds", values.rounds, { min: 1, max: 1000 }),
    format: oneOf("--format", values.format, ["text", "json", "markdown"]),
  };
}

function peerCommands(task: Task, python: string, args: string[]): PeerCommand[] {
  const script = (who: string, name: string) => pythonPeer(who, [name, ...args], { python });
  return [
    denoPeer("ours", ["tfjs_speed.ts", "ours", ...args]),
    denoPeer("tfjs-node, eager", ["tfjs_speed.ts", "eager", ...args]),
    script("Keras 3", "keras_speed.py"),
    script("PyTorch", "pytorch_speed.py"),
    ...task === "predict" ? [script("onnxruntime", "onnx_speed.py")] : [],
  ];
}

async function measure(
  id: typeof NETWORKS[number],
  { task, rounds, python, signal }: {
    task: Task;
    rounds: number;
    python: string;
    signal: AbortSignal;
  },
): Promise<SpeedRow[]> {
  const { batchSize } = RECIPES[id].study;
  const commands = peerCommands(task, python, [task, id, String(batchSize)]);
  const standings = await racePeers(commands, {
    rounds,
    signal,
    whoOf: ({ who }, variant) => variant === MATRIX_PRODUCT ? variant : who,
    log: (line) => console.error(`${id}: ${line}`),
  });
  const model = MODELS[id]({ seed: 0 });
  const flops = flopsPerImage(model);
  model.dispose();
  return speedRows(standings, {
    model: id,
    images: task === "train" ? batchSize : PREDICTED,
    flopsPerImage: task === "train" ? 3 * flops : flops,
    productFlops: PRODUCT_FLOPS,
  });
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { task, only, rounds, format } = parse(Deno.args);
    const python = await preparePython("networks", { signal });
    await initBackend({ backend: "wasm" });
    const rows: SpeedRow[] = [];
    for (const id of only) rows.push(...await measure(id, { task, rounds, python, signal }));
    const title = task === "train" ? "Training" : "Predicting 10,000 images";
    console.log(formatSpeed(rows, { title, format }));
  });
}
