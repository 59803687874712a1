import { parseRunResult } from "./parse_run_result.ts";
import { ROW_IDS, type RunResult, stringifyRunResult } from "./run_result.ts";
import { writeAtomically } from "../files/mod.ts";

/**
 * Reads every measured run of a folder, `<model>/*.json`, in the order of the table and
 * then of the file names. A model without a folder has no runs.
 *
 * @throws {SyntaxError | TypeError | RangeError} If a file is damaged, as
 *   {@linkcode parseRunResult} has it, lies in another model's folder or repeats a seed.
 */
export async function readResults(directory: string): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const model of ROW_IDS) {
    const seeds = new Map<number | null, string>();
    for (const path of await jsonFiles(`${directory}/${model}`)) {
      const result = parseRunResult(await Deno.readTextFile(path), path);
      if (result.model !== model) {
        throw new RangeError(`Cannot use ${path}: model is ${result.model}, expected ${model}`);
      }
      const same = seeds.get(result.seed);
      if (same !== undefined) {
        throw new RangeError(
          `Cannot use ${path}: seed is ${result.seed}, which ${same} has already`,
        );
      }
      seeds.set(result.seed, path);
      results.push(result);
    }
  }
  return results;
}

/**
 * Writes a run to `<model>/seed-<seed>.json` (`<model>/exact.json` without a seed), in place
 * of one that is there, and returns the path.
 */
export async function writeResult(directory: string, result: RunResult): Promise<string> {
  const name = result.seed === null ? "exact" : `seed-${result.seed}`;
  await Deno.mkdir(`${directory}/${result.model}`, { recursive: true });
  const path = `${directory}/${result.model}/${name}.json`;
  await writeAtomically(path, stringifyRunResult(result));
  return path;
}

async function jsonFiles(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    const names = entries.map((entry) => entry.name).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => `${folder}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
