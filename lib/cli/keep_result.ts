import { type RunResult, UNKNOWN_COMMIT, writeResult } from "../benchmark/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { RESULTS, WEIGHTS } from "./folders.ts";

/**
 * Writes the result file of a run and, of seed 0, the files that it has learned: the others' would
 * be many megabytes.
 *
 * @throws {RangeError} If the run was measured by code in no commit, or in an unknown one.
 */
export async function keepResult(
  result: RunResult,
  { directory, files }: { readonly directory: string; readonly files: readonly string[] },
): Promise<void> {
  assertCommitted(result);
  console.log(await writeResult(RESULTS, result));
  if (result.seed !== 0) return;
  const folder = `${WEIGHTS}/${result.model}`;
  await Deno.mkdir(folder, { recursive: true });
  for (const file of files) {
    await writeAtomically(`${folder}/${file}`, await Deno.readFile(`${directory}/${file}`));
    console.log(`${folder}/${file}`);
  }
}

/** The files that a network's training leaves. */
export const NETWORK_FILES = ["weights.bin", "model.json"] as const;

/** @throws {RangeError} If the code that measures something is in no commit, or in an unknown one. */
export function assertCommitted(
  { model, commit }: { readonly model: string; readonly commit: string },
): void {
  if (commit === UNKNOWN_COMMIT) {
    throw new RangeError(
      `Cannot record ${model}: the commit of the code that measured it is unknown`,
    );
  }
  if (commit.endsWith("-dirty")) {
    throw new RangeError(`Cannot record ${model}: it was measured by code in no commit`);
  }
}
