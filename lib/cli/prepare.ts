/**
 * `deno task prepare`: what every command begins with, and all that the tests need.
 *
 * @module
 */
import { type FashionMnist, loadFashionMnist } from "../dataset/mod.ts";
import { prepareTensorflow } from "../setup/mod.ts";
import { type Backend, initBackend } from "../tensorflow/mod.ts";
import { progressBar } from "../training/mod.ts";
import { command } from "./command.ts";

/** What every command begins with: a backend, and the data. */
export interface Prepared {
  readonly backend: Backend;
  readonly data: FashionMnist;
}

/**
 * Sets up TensorFlow if that was not done before, starts a backend and loads the data; says on
 * standard error what it does.
 *
 * @param options.backend The backend that the command line names, if it names one.
 */
export async function prepare(
  { backend: named, signal }: { backend?: string; signal?: AbortSignal },
): Promise<Prepared> {
  const setup = await prepareTensorflow(named === undefined ? {} : { backend: named });
  if (setup.status === "unavailable") console.error(setup.message);
  const backend = await initBackend(named === undefined ? {} : { backend: named });
  console.error(`Backend: ${backend.name}, ${backend.description}`);
  return { backend, data: await loadFashionMnist({ signal }) };
}

/** A bar for something that goes through images: `label ━━━━──── 2,500/10,000`. */
export function imageProgress(label: string) {
  const bar = progressBar();
  const onProgress = (done: number, total: number) => {
    bar.update(done / total, { label, details: `${done}/${total}` });
    if (done === total) bar.clear();
  };
  return { onProgress, clear: () => bar.clear() };
}

if (import.meta.main) {
  await command("deno task prepare", async (signal) => void await prepare({ signal }));
}
