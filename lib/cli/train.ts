/**
 * `deno task train <model>`: trains a network and evaluates it on the test set.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  measureNetwork,
  stringifyRunResult,
  UNKNOWN_COMMIT,
  versionsOf,
} from "../benchmark/mod.ts";
import type { ImageDataset } from "../dataset/mod.ts";
import { claim, writeAtomically } from "../files/mod.ts";
import { type ModelId, MODELS } from "../models/mod.ts";
import { clusterSpec } from "../tensorflow/mod.ts";
import {
  fitRecipe,
  type FitRecipeOptions,
  latestCheckpoint,
  observers,
  removeCheckpoints,
  tensorBoard,
  terminalProgress,
} from "../training/mod.ts";
import { codeChecksum } from "./code_checksum.ts";
import { command } from "./command.ts";
import { imageProgress, prepare, prepareWorker } from "./prepare.ts";
import { trainOptions, USAGE } from "./train_options.ts";

/**
 * Makes the folder, and makes sure that it can be written and that no other run is in it, nor comes
 * to it until the claim is disposed.
 *
 * @throws {Deno.errors.PermissionDenied} If it cannot be made or written.
 * @throws {Deno.errors.AlreadyExists} If it holds a finished run, an unfinished one that is not to
 *   be resumed, or one that another process is training.
 */
async function claimFolder(
  directory: string,
  { resume }: { resume: boolean },
): Promise<Disposable> {
  const lock = join(directory, "training.lock");
  let claimed: Disposable | undefined;
  try {
    await Deno.mkdir(directory, { recursive: true });
    claimed = await claim(lock);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Deno.errors.PermissionDenied(`Cannot write to ${directory}: ${reason}`);
  }
  const refuse = (reason: string) => {
    throw new Deno.errors.AlreadyExists(`Cannot train into ${directory}: ${reason}`);
  };
  if (claimed === undefined) return refuse(`another process is training into it and holds ${lock}`);
  using stack = new DisposableStack();
  stack.use(claimed);
  if (existsSync(`${directory}/result.json`)) refuse("it holds a finished run");
  const checkpoint = await latestCheckpoint(directory);
  if (!resume && checkpoint !== undefined) {
    refuse("it holds an unfinished run, which --resume goes on with");
  }
  if (resume) console.error(checkpoint ? `Resuming from ${checkpoint}` : "No checkpoint: starting");
  return stack.move();
}

/** A worker's part in the training of a cluster: the chief keeps what comes of it. */
async function trainAlong(
  id: ModelId,
  train: ImageDataset,
  options: FitRecipeOptions,
): Promise<void> {
  const model = MODELS[id]({ seed: options.seed });
  try {
    await fitRecipe(model, train, options);
  } finally {
    model.dispose();
  }
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const options = trainOptions(Deno.args);
    const { id, seed, recipe, checkpoints, directory } = options;
    const spec = clusterSpec();
    // The chief alone writes, and what keeps it from that is said before anything is waited for.
    using _claimed = spec === undefined || spec.index === 0
      ? await claimFolder(directory, checkpoints)
      : undefined;
    const { backend, data, cluster } = spec === undefined
      ? { ...await prepare({ backend: options.backend, signal }), cluster: undefined }
      : await prepareWorker(spec, { backend: options.backend, signal });
    await cluster?.assertAlike({ code: await codeChecksum(), ...versionsOf(backend) });
    if (cluster?.isChief === false) {
      await trainAlong(id, data.train, { recipe, seed, cluster, signal });
      return;
    }
    console.error(`Training ${id}, seed ${seed}: ${JSON.stringify(recipe)}`);
    const { onProgress, clear } = imageProgress("test set");
    try {
      const observer = options.tensorboard === undefined
        ? terminalProgress()
        : observers(terminalProgress(), tensorBoard(options.tensorboard));
      const result = await measureNetwork(id, data, {
        recipe,
        seed,
        directory,
        backend,
        checkpoints,
        cluster,
        observer,
        onProgress,
        signal,
      });
      await writeAtomically(`${directory}/result.json`, stringifyRunResult(result));
      await removeCheckpoints(directory);
      const { accuracy, loss } = result.test;
      console.log(`test accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}`);
      console.error(`${directory} holds model.json, weights.bin and result.json`);
      if (result.commit === UNKNOWN_COMMIT) {
        console.error(
          "Its commit is unknown, as git knows no checkout here: it cannot be recorded",
        );
      }
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
