/**
 * `deno task benchmark`: evaluates the classifiers of both studies on the test set and prints
 * the benchmark table.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  benchmarkRows,
  formatJson,
  formatMarkdown,
  formatText,
  readResults,
  recheck,
  REFERENCES,
  ROW_IDS,
  type RowId,
  verifySums,
} from "../benchmark/mod.ts";
import { command } from "./command.ts";
import { DATA, RESULTS, WEIGHTS } from "./folders.ts";
import { oneOf } from "./options.ts";
import { imageProgress, prepare, type Prepared } from "./prepare.ts";

const FORMATS = { text: formatText, json: formatJson, markdown: formatMarkdown };

const USAGE = `deno task benchmark [options]

Classifies the 10,000 test images anew, by the committed weights of each network and by their
nearest neighbours, compares the answers with the recorded runs, and prints the benchmark table.
It fails if they disagree, or if a weight or result file was altered.

  --only IDS       only these rows, such as knn,small-cnn
  --format FORMAT  text (if not given), json or markdown: nothing else goes to standard output
  --backend NAME   tensorflow, wasm or webgpu (if not given: TensorFlow where it can be had)`;

function parse(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string" },
      format: { type: "string", default: "text" },
      backend: { type: "string" },
    },
  });
  const format = oneOf("--format", values.format, ["text", "json", "markdown"]);
  const only = values.only?.split(",").map((id) => oneOf("--only", id, ROW_IDS));
  return { only, format, backend: values.backend };
}

/** Rechecks the measured rows among `ids`, saying how each went. */
async function recheckAll(
  ids: readonly RowId[],
  { data, signal, results }: {
    data: Prepared["data"];
    signal: AbortSignal;
    results: Awaited<ReturnType<typeof readResults>>;
  },
): Promise<void> {
  for (const id of ids) {
    const runs = results.filter(({ model }) => model === id);
    const { onProgress, clear } = imageProgress(id);
    try {
      const options = { ...data, weights: WEIGHTS, onProgress, signal };
      const checked = await recheck(id, runs, options);
      if (checked === null) {
        console.error(`${id}: not measured`);
        continue;
      }
      const { seed, differences, seconds } = checked;
      const run = seed === null ? "" : ` by the weights of seed ${seed}`;
      console.error(
        `${id}: 10,000 images classified${run} in ${seconds.toFixed(1)} s, ` +
          `${differences} otherwise than recorded`,
      );
    } finally {
      clear();
    }
  }
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { only, format, backend } = parse(Deno.args);
    await verifySums(DATA);
    const results = await readResults(RESULTS);
    const { data } = await prepare({ backend, signal });
    await recheckAll(only ?? ROW_IDS, { data, signal, results });
    const rows = benchmarkRows(results, REFERENCES, data.test.labels)
      .filter(({ id }) => only === undefined || only.some((chosen) => chosen === id));
    console.log(FORMATS[format](rows));
  });
}
