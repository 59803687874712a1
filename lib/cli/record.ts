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
  type RunResult,
  writeResult,
  writeSums,
} from "../benchmark/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { command } from "./command.ts";
import { DATA, RESULTS, WEIGHTS } from "./folders.ts";
import { wholeNumber } from "./options.ts";
import { imageProgress, prepare } from "./prepare.ts";

const USAGE = `deno task record ROW [--seed N]
deno task record DIR...

Takes measured runs into data/results: rows of nearest neighbours (${KNN_IDS.join(", ")}),
which are measured now, or the folders that deno task train has left. The weights and metrics of
seed 0 go to data/weights. Writes data/SHA256SUMS anew.

  --seed N         0 if not given: from what a row's metric is learned
  --backend NAME   for neighbours: tensorflow, wasm or webgpu`;

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
    await keep(result, { directory, files: result.weights === null ? [] : ["metric.json"] });
  } finally {
    clear();
    await Deno.remove(directory, { recursive: true });
  }
}

/** Keeps the run of a folder; its weights only for seed 0, since they are large. */
async function recordRun(directory: string): Promise<void> {
  const path = `${directory}/result.json`;
  const result = parseRunResult(await Deno.readTextFile(path), path);
  await keep(result, { directory, files: ["weights.bin", "model.json"] });
}

/** Writes the result file of a run and, of seed 0, the files that it has learned. */
async function keep(
  result: RunResult,
  { directory, files }: { readonly directory: string; readonly files: readonly string[] },
): Promise<void> {
  if (result.commit.endsWith("-dirty")) {
    throw new RangeError(`Cannot record ${result.model}: it was measured by code in no commit`);
  }
  console.log(await writeResult(RESULTS, result));
  if (result.seed !== 0) return;
  const folder = `${WEIGHTS}/${result.model}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of files) {
    await writeAtomically(`${folder}/${file}`, await Deno.readFile(`${directory}/${file}`));
    console.log(`${folder}/${file}`);
  }
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: { backend: { type: "string" }, seed: { type: "string", default: "0" } },
    });
    const seed = wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 31 - 1 });
    if (positionals.length === 0) throw new RangeError("name what to record; --help tells more");
    for (const name of positionals) {
      await (isKnnId(name) ? recordKnn(name, { ...values, seed, signal }) : recordRun(name));
    }
    await writeSums(DATA);
  });
}
