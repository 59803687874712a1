/**
 * `deno task train <model>`: trains a network and evaluates it on the test set.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureNetwork, stringifyRunResult } from "../benchmark/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { MODEL_IDS, type ModelId } from "../models/mod.ts";
import {
  FAST_RECIPES,
  latestCheckpoint,
  type Recipe,
  RECIPES,
  removeCheckpoints,
  terminalProgress,
} from "../training/mod.ts";
import { command } from "./command.ts";
import { oneOf, wholeNumber } from "./options.ts";
import { imageProgress, prepare } from "./prepare.ts";

const USAGE = `deno task train MODEL [options]

Trains a network, MODEL being ${MODEL_IDS.join(", ")}, and evaluates it on the test set. What is
not given is as in the recipe. Every few minutes a
checkpoint is written, the last two are kept, and a finished run removes them. Ctrl-C stops after
the step at hand, writes a checkpoint too and saves the weights.

  --seed N         0 if not given: fixes the initial weights and the order of the images
  --recipe NAME    study, or fast where the network has one; study if not given
  --epochs N       how often the training images are gone through
  --batch-size N   images a step
  --validation N   how many training images are cut off for validation
  --keep WHICH     the last weights, or the best by validation accuracy
  --out DIR        gets model.json, weights.bin and result.json; runs/MODEL-SEED if not given
  --resume         goes on from the last checkpoint in DIR, if there is one: with the same options
                   on the same machine the weights will be those of a run that never stopped
  --checkpoint-minutes N
                   how many minutes pass between two checkpoints, 5 if not given
  --backend NAME   tensorflow, wasm or webgpu`;

const TRAINING_IMAGES = 60_000;

function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: "string", default: "0" },
      recipe: { type: "string", default: "study" },
      epochs: { type: "string" },
      "batch-size": { type: "string" },
      validation: { type: "string" },
      keep: { type: "string" },
      out: { type: "string" },
      resume: { type: "boolean", default: false },
      "checkpoint-minutes": { type: "string", default: "5" },
      backend: { type: "string" },
    },
  });
  if (positionals.length !== 1) {
    throw new RangeError(`name one model of ${MODEL_IDS.join(", ")}; --help tells more`);
  }
  const id = oneOf("the model", positionals[0], MODEL_IDS);
  const seed = wholeNumber("--seed", values.seed, { min: 0, max: 2 ** 31 - 1 });
  const minutes = Number(values["checkpoint-minutes"]);
  if (!(minutes >= 0)) {
    throw new RangeError(
      `--checkpoint-minutes is ${values["checkpoint-minutes"]}, must be a number of at least 0`,
    );
  }
  const checkpoints = { minutes, resume: values.resume };
  return { ...values, id, seed, checkpoints, recipe: recipe(named(id, values.recipe), values) };
}

function named(id: ModelId, name: string): Recipe {
  const recipes = [RECIPES[id], FAST_RECIPES[id]].filter((recipe) => recipe !== undefined);
  oneOf("--recipe", name, recipes.map((recipe) => recipe.name));
  return recipes.find((recipe) => recipe.name === name) ?? RECIPES[id];
}

/** A recipe with what the command line changes, by which it loses its name. */
function recipe(
  unchanged: Recipe,
  values: { epochs?: string; "batch-size"?: string; validation?: string; keep?: string },
): Recipe {
  const number = (
    option: string,
    text: string | undefined,
    usual: number,
    range: [number, number],
  ) => text === undefined ? usual : wholeNumber(option, text, { min: range[0], max: range[1] });
  const chosen = {
    ...unchanged,
    epochs: number("--epochs", values.epochs, unchanged.epochs, [1, 10_000]),
    batchSize: number("--batch-size", values["batch-size"], unchanged.batchSize, [
      1,
      TRAINING_IMAGES,
    ]),
    validation: number("--validation", values.validation, unchanged.validation, [
      0,
      TRAINING_IMAGES / 2,
    ]),
    keep: values.keep === undefined
      ? unchanged.keep
      : oneOf("--keep", values.keep, ["last", "best"]),
  };
  if (chosen.keep === "best" && chosen.validation === 0) {
    throw new RangeError("--keep best needs --validation: the best is the best on those images");
  }
  const changed = JSON.stringify(chosen) !== JSON.stringify(unchanged);
  return { ...chosen, name: changed ? "changed" : unchanged.name };
}

/**
 * Makes the folder, and makes sure that it can be written and that no other run is in it.
 *
 * @throws {Deno.errors.PermissionDenied} If it cannot be made or written.
 * @throws {Deno.errors.AlreadyExists} If it holds a finished run, or an unfinished one that is not
 *   to be resumed.
 */
async function claimFolder(directory: string, { resume }: { resume: boolean }): Promise<void> {
  try {
    await Deno.mkdir(directory, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: directory }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Deno.errors.PermissionDenied(`Cannot write to ${directory}: ${reason}`);
  }
  if (existsSync(`${directory}/result.json`)) {
    throw new Deno.errors.AlreadyExists(`Cannot train into ${directory}: it holds a finished run`);
  }
  const checkpoint = await latestCheckpoint(directory);
  if (!resume && checkpoint !== undefined) {
    throw new Deno.errors.AlreadyExists(
      `Cannot train into ${directory}: it holds an unfinished run, which --resume goes on with`,
    );
  }
  if (resume) console.error(checkpoint ? `Resuming from ${checkpoint}` : "No checkpoint: starting");
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const options = parse(Deno.args);
    const { id, seed, recipe, checkpoints, out: directory = `runs/${id}-${seed}` } = options;
    await claimFolder(directory, checkpoints);
    const { backend, data } = await prepare({ backend: options.backend, signal });
    console.error(`Training ${id}, seed ${seed}: ${JSON.stringify(recipe)}`);
    const { onProgress, clear } = imageProgress("test set");
    try {
      const observer = terminalProgress();
      const result = await measureNetwork(id, data, {
        recipe,
        seed,
        directory,
        backend,
        checkpoints,
        observer,
        onProgress,
        signal,
      });
      await writeAtomically(`${directory}/result.json`, stringifyRunResult(result));
      await removeCheckpoints(directory);
      const { accuracy, loss } = result.test;
      console.log(`test accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}`);
      console.error(`${directory} holds model.json, weights.bin and result.json`);
    } catch (error) {
      if (signal.aborted) {
        console.error(`Stopped: ${directory} holds the weights so far; --resume goes on`);
      }
      throw error;
    } finally {
      clear();
    }
  });
}
