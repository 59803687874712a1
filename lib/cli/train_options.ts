import { parseArgs } from "node:util";
import { callersPath } from "../files/mod.ts";
import { MODEL_IDS, type ModelId } from "../models/mod.ts";
import { type Recipe, recipesOf } from "../training/mod.ts";
import { ROOT } from "./folders.ts";
import { oneOf, wholeNumber } from "./options.ts";

/** What the command says of itself. */
export const USAGE = `deno task train MODEL [options]

Trains a network, MODEL being ${MODEL_IDS.join(", ")}, and evaluates it on the test set. What is
not given is as in the recipe. Every few minutes a checkpoint is written, the last two are kept, and
a finished run removes them. Ctrl-C stops after the step at hand, writes a checkpoint too and saves
the weights.

  --seed N         0 if not given: fixes the initial weights and the order of the images
  --recipe NAME    study, fast or best, as the network has them; the first of these if not given
  --epochs N       how often the training images are gone through
  --batch-size N   images a step
  --validation N   how many training images are cut off for validation
  --keep WHICH     the last weights, or the best by validation accuracy
  --out DIR        gets model.json, weights.bin and result.json; runs/MODEL-SEED of the checkout if
                   not given
  --resume         goes on from the last checkpoint in DIR, if there is one: with the same options
                   on the same machine the weights will be those of a run that never stopped
  --checkpoint-minutes N
                   how many minutes pass between two checkpoints, 5 if not given
  --tensorboard DIR
                   gets loss and accuracy of each epoch for TensorBoard; tensorflow backend only
  --backend NAME   tensorflow, wasm or webgpu`;

const TRAINING_IMAGES = 60_000;

/**
 * Reads the command line of `deno task train`.
 *
 * @throws {RangeError} If it is not one; the message names the option.
 */
export function trainOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: "string", default: "0" },
      recipe: { type: "string" },
      epochs: { type: "string" },
      "batch-size": { type: "string" },
      validation: { type: "string" },
      keep: { type: "string" },
      out: { type: "string" },
      resume: { type: "boolean", default: false },
      "checkpoint-minutes": { type: "string", default: "5" },
      tensorboard: { type: "string" },
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
  return {
    id,
    seed,
    checkpoints,
    recipe: recipe(named(id, values.recipe), values),
    directory: values.out === undefined ? `${ROOT}runs/${id}-${seed}` : callersPath(values.out),
    tensorboard: values.tensorboard === undefined ? undefined : callersPath(values.tensorboard),
    backend: values.backend,
  };
}

/** The recipe of this name that a network has; without a name its first. */
function named(id: ModelId, name: string | undefined): Recipe {
  const recipes = recipesOf(id);
  if (name !== undefined) oneOf("--recipe", name, recipes.map((recipe) => recipe.name));
  return recipes.find((recipe) => recipe.name === name) ?? recipes[0];
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
