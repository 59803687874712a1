/**
 * `deno task record`: takes measured runs into `data`, where the table finds them.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  isKnnId,
  KNN_IDS,
  type KnnId,
  measureKnn,
  parseRunResult,
  RECORD_GOALS,
  RECORD_IDS,
  type RecordId,
  writeSums,
} from "../benchmark/mod.ts";
import { callersPath } from "../files/mod.ts";
import { command } from "./command.ts";
import { DATA } from "./folders.ts";
import { keepResult, NETWORK_FILES } from "./keep_result.ts";
import { wholeNumber } from "./options.ts";
import { imageProgress, prepare } from "./prepare.ts";
import { attemptRecord } from "./record_attempt.ts";

const USAGE = `deno task record ${RECORD_IDS.join("|")} [options]
deno task record ROW [--seed N]
deno task record DIR...

Makes an attempt at a record of training, by the rules of data/results/RECORDS.md, and appends it to
data/results/records.json. Or takes measured runs into data/results: rows of nearest neighbours
(${KNN_IDS.join(", ")}), which are measured now, or the folders that
deno task train has left. The weights and metrics of seed 0 go to data/weights. Writes
data/SHA256SUMS anew.

  --seeds N        how many runs an attempt has: ${
  RECORD_IDS.map((id) => `${RECORD_GOALS[id].seeds} for ${id}`).join(", ")
} if not given
  --peer-every N   after how many of them Keras has a turn: 3 for small-cnn if not given, never if 0
  --seed N         0 if not given: from what a row's metric is learned
  --backend NAME   tensorflow, wasm or webgpu`;

/** Measures a row of nearest neighbours and keeps the result; a metric only for seed 0. */
async function recordKnn(
  id: KnnId,
  { backend: named, seed, signal }: { backend?: string; seed: number; signal: AbortSignal },
): Promise<void> {
  const { backend, data } = await prepare({ backend: named, signal });
  const { onProgress, clear } = imageProgress(id);
  // Where the task may write and git does not look: the run is of the commit.
  await Deno.mkdir(`${DATA}/cache`, { recursive: true });
  const directory = await Deno.makeTempDir({ dir: `${DATA}/cache` });
  try {
    const result = await measureKnn(id, data, { seed, directory, backend, onProgress, signal });
    await keepResult(result, { directory, files: result.weights === null ? [] : ["metric.json"] });
  } finally {
    clear();
    await Deno.remove(directory, { recursive: true });
  }
}

/** Keeps the run of a folder; its weights only for seed 0, since they are large. */
async function recordRun(directory: string): Promise<void> {
  const path = `${directory}/result.json`;
  const result = parseRunResult(await Deno.readTextFile(path), path);
  await keepResult(result, { directory, files: NETWORK_FILES });
}

/** What the command line says of an attempt. */
function attemptOptions(
  id: RecordId,
  values: { backend?: string; seeds?: string; "peer-every"?: string },
) {
  const { seeds } = RECORD_GOALS[id];
  const peerEvery = id === "small-cnn" ? "3" : "0";
  return {
    backend: values.backend,
    seeds: wholeNumber("--seeds", values.seeds ?? String(seeds), { min: 2, max: 1000 }),
    peerEvery: wholeNumber("--peer-every", values["peer-every"] ?? peerEvery, {
      min: 0,
      max: 1000,
    }),
  };
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: {
        backend: { type: "string" },
        seed: { type: "string", default: "0" },
        seeds: { type: "string" },
        "peer-every": { type: "string" },
      },
    });
    const seed = wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 31 - 1 });
    if (positionals.length === 0) throw new RangeError("name what to record; --help tells more");
    for (const name of positionals) {
      const goal = RECORD_IDS.find((id) => id === name);
      if (goal !== undefined) {
        await attemptRecord(goal, { ...attemptOptions(goal, values), signal });
      } else if (isKnnId(name)) await recordKnn(name, { ...values, seed, signal });
      else await recordRun(callersPath(name));
    }
    await writeSums(DATA);
  });
}
