/**
 * `deno task record`: takes measured runs into `data`, where the table finds them.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { measureKnn, parseRunResult, writeResult, writeSums } from "../benchmark/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { command } from "./command.ts";
import { DATA, RESULTS, WEIGHTS } from "./folders.ts";
import { imageProgress, prepare } from "./prepare.ts";

const USAGE = `deno task record knn
deno task record DIR...

Takes measured runs into data/results: the nearest neighbours, which are measured now, or the
folders that deno task train has left. The weights of seed 0 go to data/weights. Writes
data/SHA256SUMS anew.

  --backend NAME   for knn: tensorflow, wasm or webgpu`;

/** Measures the nearest neighbours and keeps the result. */
async function recordKnn({ backend: named, signal }: { backend?: string; signal: AbortSignal }) {
  const { backend, data } = await prepare({ backend: named, signal });
  const { onProgress, clear } = imageProgress("knn");
  try {
    const result = await measureKnn(data, { backend, onProgress, signal });
    console.log(await writeResult(RESULTS, result));
  } finally {
    clear();
  }
}

/** Keeps the run of a folder; its weights only for seed 0, since they are large. */
async function recordRun(directory: string): Promise<void> {
  const path = `${directory}/result.json`;
  const result = parseRunResult(await Deno.readTextFile(path), path);
  if (result.commit.endsWith("-dirty")) {
    throw new RangeError(`Cannot record ${path}: it was measured by code that is in no commit`);
  }
  console.log(await writeResult(RESULTS, result));
  if (result.seed !== 0) return;
  const folder = `${WEIGHTS}/${result.model}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of ["weights.bin", "model.json"]) {
    await writeAtomically(`${folder}/${file}`, await Deno.readFile(`${directory}/${file}`));
    console.log(`${folder}/${file}`);
  }
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values: { backend }, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: { backend: { type: "string" } },
    });
    if (positionals.length === 0) throw new RangeError("name what to record; --help tells more");
    for (const name of positionals) {
      await (name === "knn" ? recordKnn({ backend, signal }) : recordRun(name));
    }
    await writeSums(DATA);
  });
}
