/**
 * `deno task cluster --workers N train <model>`: a cluster of processes on this machine.
 *
 * @module
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { startChild } from "../processes/mod.ts";
import { command } from "./command.ts";
import { ROOT } from "./folders.ts";
import { freePorts } from "./free_ports.ts";
import { wholeNumber } from "./options.ts";

const USAGE = `deno task cluster --workers N train MODEL [options]

Starts N workers on this machine that train a network together, for trying out what a cluster of
machines would do. The options are those of \`deno task train\`. What the first worker says is shown
as it is. If one fails the others are stopped, and its exit code is that of all.`;

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const [option, count, task, ...args] = Deno.args;
    if (option !== "--workers" || task !== "train") {
      throw new RangeError("it is cluster --workers N train MODEL; --help tells more");
    }
    const size = wholeNumber("--workers", count, { min: 1, max: 64 });
    const workers = freePorts(size).map((port) => `127.0.0.1:${port}`);
    // The others would wait for one that has failed.
    const failure = new AbortController();
    const either = AbortSignal.any([signal, failure.signal]);
    let exitCode = 0;
    await Promise.all(workers.map(async (_, index) => {
      const code = await runWorker(args, { workers, index, signal: either });
      if (code === 0 || either.aborted) return;
      console.error(`Worker ${index} has ended with exit code ${code}: stopping the others`);
      exitCode = code;
      failure.abort();
    }));
    signal.throwIfAborted();
    if (exitCode > 0) Deno.exit(exitCode);
  });
}

/** Runs a worker to its end; gives its exit code. */
async function runWorker(
  args: readonly string[],
  { workers, index, signal }: { workers: readonly string[]; index: number; signal: AbortSignal },
): Promise<number> {
  const config = { cluster: { worker: workers }, task: { type: "worker", index } };
  const stdio = index === 0 ? "inherit" : "piped";
  const child = startChild(Deno.execPath(), {
    args: ["task", "--quiet", "train", ...args],
    cwd: ROOT,
    env: { TF_CONFIG: JSON.stringify(config), ...threadsFor(workers.length) },
    stdin: "null",
    stdout: stdio,
    stderr: stdio,
    signal,
  });
  if (index > 0) {
    await Promise.all([child.stdout, child.stderr].map((lines) => prefixed(lines, index)));
  }
  return (await child.status).code;
}

/** The workers share the processors; otherwise each would take them all, and wait for the others. */
function threadsFor(workers: number): Record<string, string> {
  if (Deno.env.has("TF_NUM_INTRAOP_THREADS")) return {};
  const threads = Math.max(1, Math.floor(navigator.hardwareConcurrency / workers));
  return { TF_NUM_INTRAOP_THREADS: String(threads) };
}

/** Shows lines of another worker than the first. */
async function prefixed(bytes: ReadableStream<Uint8Array<ArrayBuffer>>, index: number) {
  for await (const line of createInterface({ input: Readable.from(bytes) })) {
    console.error(`worker ${index}: ${line}`);
  }
}
