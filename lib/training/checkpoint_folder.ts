import { join } from "node:path";
import { writeAtomically } from "../files/mod.ts";

/** How many checkpoints are kept. */
const KEPT = 2;

const NAME = /^checkpoint-(\d+)\.bin(\.[0-9a-f-]{36}\.tmp)?$/;

/**
 * Writes a checkpoint after so many steps, whole or not at all, and then removes all but the last
 * two, along with what a process that was killed has left half-written.
 */
export async function writeCheckpoint(
  directory: string,
  bytes: Uint8Array,
  { steps }: { steps: number },
): Promise<void> {
  await Deno.mkdir(directory, { recursive: true });
  await writeAtomically(checkpointPath(directory, steps), bytes);
  const { whole, halves } = await checkpoints(directory);
  const removed = [...halves, ...whole.slice(0, -KEPT).map(({ path }) => path)];
  await Promise.all(removed.map((path) => Deno.remove(path)));
}

/** The path of the checkpoint after most steps, if there is any. */
export async function latestCheckpoint(directory: string): Promise<string | undefined> {
  return (await checkpoints(directory)).whole.at(-1)?.path;
}

/** Removes all checkpoints. */
export async function removeCheckpoints(directory: string): Promise<void> {
  const { whole, halves } = await checkpoints(directory);
  await Promise.all([...halves, ...whole.map(({ path }) => path)].map((path) => Deno.remove(path)));
}

function checkpointPath(directory: string, steps: number): string {
  return join(directory, `checkpoint-${steps}.bin`);
}

/** What is in a folder, the checkpoints in order of their steps. */
async function checkpoints(directory: string) {
  const whole: { steps: number; path: string }[] = [];
  const halves: string[] = [];
  try {
    for await (const { name } of Deno.readDir(directory)) {
      const match = NAME.exec(name);
      if (match === null) continue;
      const path = join(directory, name);
      if (match[2] === undefined) whole.push({ steps: Number(match[1]), path });
      else halves.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  whole.sort((a, b) => a.steps - b.steps);
  return { whole, halves };
}
