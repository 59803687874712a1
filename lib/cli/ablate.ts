/**
 * `deno task ablate <model>`: what each trick of a recipe is worth, on validation images.
 *
 * @module
 */
import { parseArgs } from "node:util";
import {
  provenance,
  readAblation,
  RECORD_IDS,
  type RecordId,
  runVariation,
  variations,
  writeAblation,
  writeSums,
} from "../benchmark/mod.ts";
import { claim } from "../files/mod.ts";
import { terminalProgress } from "../training/mod.ts";
import { command } from "./command.ts";
import { DATA, RESULTS } from "./folders.ts";
import { assertCommitted } from "./keep_result.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { prepare } from "./prepare.ts";

const USAGE = `deno task ablate ${RECORD_IDS.join("|")} [options]

Trains a network by its recipe fast and by each variation of it: a trick left out, or another added.
5,000 training images are cut off to tell them apart; the test set is not looked at. Each run is
added to data/results/ablation/MODEL.json when it ends, and is not made again.

  --seeds N        0 to N - 1 of each: 3 if not given
  --epochs N       another number of epochs, of all but the study's
  --backend NAME   tensorflow, wasm or webgpu`;

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: {
        seeds: { type: "string", default: "3" },
        epochs: { type: "string" },
        backend: { type: "string" },
      },
    });
    const id: RecordId = oneOf("the model", positionals.join(" "), RECORD_IDS);
    const seeds = wholeNumber("--seeds", values.seeds, { min: 1, max: 1000 });
    const epochs = values.epochs === undefined
      ? undefined
      : wholeNumber("--epochs", values.epochs, { min: 1, max: 10_000 });
    const { backend, data } = await prepare({ backend: values.backend, signal });
    assertCommitted({ model: id, ...await provenance(backend) });
    const path = `${RESULTS}/ablation/${id}.json`;
    await Deno.mkdir(`${RESULTS}/ablation`, { recursive: true });
    // Two that add runs to one file would each drop the other's.
    const lock = `${DATA}/cache/ablation-${id}.lock`;
    await Deno.mkdir(`${DATA}/cache`, { recursive: true });
    using claimed = await claim(lock);
    if (claimed === undefined) {
      throw new Deno.errors.AlreadyExists(`Cannot ablate ${id}: another process holds ${lock}`);
    }
    const runs = [...(await readAblation(path, id)).runs];
    for (let seed = 0; seed < seeds; seed++) {
      for (const variation of variations(id, { epochs })) {
        const isThere = runs.some((run) => run.variation === variation.name && run.seed === seed);
        if (isThere) continue;
        console.error(`${variation.name}, seed ${seed}`);
        const observer = terminalProgress();
        const described = await provenance(backend);
        const run = await runVariation(id, data.train, variation, { seed, observer, signal });
        runs.push({ ...run, ...described });
        await writeAblation(path, { model: id, runs });
        const { alone, mirrored } = run.accuracy;
        console.log(
          `${variation.name}, seed ${seed}: ${(100 * alone).toFixed(2)} % of the validation ` +
            `images, ${(100 * mirrored).toFixed(2)} % with the mirrored view`,
        );
      }
    }
    await writeSums(DATA);
  });
}
