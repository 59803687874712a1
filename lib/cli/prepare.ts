/**
 * `deno task prepare`: what every command begins with, and all that the tests need.
 *
 * @module
 */
import { type FashionMnist, loadFashionMnist } from "../dataset/mod.ts";
import { prepareTensorflow } from "../setup/mod.ts";
import {
  type Backend,
  type Cluster,
  type ClusterSpec,
  initBackend,
  joinCluster,
} from "../tensorflow/mod.ts";
import { progressBar } from "../training/mod.ts";
import { command, unlessStopped } from "./command.ts";

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
  { backend, signal }: { backend?: string; signal: AbortSignal },
): Promise<Prepared> {
  return {
    backend: await prepareBackend({ backend, signal }),
    data: await loadFashionMnist({ signal }),
  };
}

/**
 * {@linkcode prepare} for one worker of a cluster: it joins the cluster before all else.
 *
 * @throws {RangeError} If the command line names another backend than `tensorflow`.
 */
export async function prepareWorker(
  spec: ClusterSpec,
  { backend, signal }: { backend?: string; signal: AbortSignal },
): Promise<Prepared & { readonly cluster: Cluster }> {
  if (backend !== undefined && backend !== "tensorflow") {
    throw new RangeError(`--backend is ${backend}, must be tensorflow in a cluster`);
  }
  await unlessStopped(signal, prepareTensorflow());
  console.error(`Waiting for ${spec.workers.length} workers: ${spec.workers.join(", ")}`);
  const cluster = await unlessStopped(signal, joinCluster(spec));
  return { ...await prepare({ backend: "tensorflow", signal }), cluster };
}

/** The first half of {@linkcode prepare}, for a command that needs no data. */
export async function prepareBackend(
  { backend: named, signal }: { backend?: string; signal: AbortSignal },
): Promise<Backend> {
  const options = named === undefined ? {} : { backend: named };
  const setup = await unlessStopped(signal, prepareTensorflow(options));
  if (setup.status === "unavailable") console.error(setup.message);
  const backend = await unlessStopped(signal, initBackend(options));
  if (backend.passedOver !== null && setup.status !== "unavailable") {
    console.error(`${backend.passedOver}. Without TensorFlow all is slower.`);
  }
  console.error(`Backend: ${backend.name}, ${backend.description}`);
  return backend;
}

/** Milliseconds between two lines of progress where no bar can be drawn. */
const LINE_INTERVAL = 10_000;

/**
 * Shows how something goes through images: a bar `label ━━━━──── 2500/10000`, or a line now and
 * then where standard error is not a terminal.
 */
export function imageProgress(label: string) {
  const bar = progressBar();
  let printed = performance.now();
  const onProgress = (done: number, total: number) => {
    bar.update(done / total, { label, details: `${done}/${total}` });
    if (done === total) bar.clear();
    if (Deno.stderr.isTerminal() || performance.now() - printed < LINE_INTERVAL) return;
    printed = performance.now();
    bar.print(`${label}: ${done} of ${total} images`);
  };
  return { onProgress, clear: () => bar.clear() };
}

if (import.meta.main) {
  await command("deno task prepare", async (signal) => void await prepare({ signal }));
}
