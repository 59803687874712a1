/**
 * `deno task reproduce <row>`: measures a row of the table again, from scratch.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  benchmarkRows,
  differences,
  isKnnResult,
  measureKnn,
  measureNetwork,
  type MeasureNetworkOptions,
  MODEL_OF_ROW,
  readResults,
  REFERENCES,
  ROW_IDS,
  type RunResult,
} from "../benchmark/mod.ts";
import type { FashionMnist } from "../dataset/mod.ts";
import { terminalProgress } from "../training/mod.ts";
import { command } from "./command.ts";
import { RESULTS } from "./folders.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { imageProgress, prepare } from "./prepare.ts";

const USAGE = `deno task reproduce ROW [options]

Measures a row of the table again, ROW being ${ROW_IDS.join(", ")}: a network is trained from
scratch by the row's recipe, or a metric of neighbours learned. Says whether the accuracy lies in the row's 95 % interval, and ends
with exit code 1 if it does not. Nothing is kept.

  --seed N         0 if not given: the seed of the training run
  --backend NAME   tensorflow, wasm or webgpu`;

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Measures again what a recorded run measured; a network with another seed, if it is told so. */
async function remeasure(
  run: RunResult,
  data: FashionMnist,
  { seed, ...options }: Pick<MeasureNetworkOptions, "backend" | "signal" | "onProgress" | "seed">,
): Promise<RunResult> {
  const directory = await Deno.makeTempDir();
  try {
    if (isKnnResult(run)) {
      return await measureKnn(run.model, data, { ...options, seed, directory });
    }
    return await measureNetwork(MODEL_OF_ROW[run.model], data, {
      ...options,
      recipe: run.recipe,
      seed,
      directory,
      observer: terminalProgress(),
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** How a new run compares with the recorded run of the same seed, if there is one. */
function comparison(result: RunResult, recorded: RunResult | undefined): string {
  if (recorded === undefined) return `seed ${result.seed} has no recorded run`;
  const count = differences(result.test.predictions, recorded.test.predictions);
  const run = result.seed === null ? "the recorded run" : `the recorded run of seed ${result.seed}`;
  return `${run} has ${percent(recorded.test.accuracy)}, and predicts ${count} images otherwise`;
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: { seed: { type: "string", default: "0" }, backend: { type: "string" } },
    });
    const id = oneOf("the row", positionals.join(" "), ROW_IDS);
    const seed = wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 31 - 1 });
    const runs = (await readResults(RESULTS)).filter(({ model }) => model === id);
    if (runs.length === 0) throw new RangeError(`Cannot reproduce ${id}: it was not measured`);

    const { backend, data } = await prepare({ backend: values.backend, signal });
    const { onProgress, clear } = imageProgress(id);
    const result = await remeasure(runs[0], data, { backend, seed, signal, onProgress })
      .finally(clear);
    const row = benchmarkRows(runs, REFERENCES, data.test.labels).find((row) => row.id === id);
    const [low, high] = row?.accuracy?.interval ?? [NaN, NaN];
    const { accuracy } = result.test;
    const inside = accuracy >= low && accuracy <= high;
    console.log(
      `${id}: test accuracy ${percent(accuracy)}, ${inside ? "inside" : "outside"} the row's ` +
        `interval of ${percent(low)} to ${percent(high)}; ` +
        comparison(result, runs.find((run) => run.seed === result.seed)),
    );
    if (!inside) throw new RangeError(`Cannot confirm ${id}: outside the interval`);
  });
}
