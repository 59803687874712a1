import { freePorts } from "../../../lib/cli/free_ports.ts";
import type { Network } from "../../../lib/cli/network.ts";
import type { ClusterSpec } from "../../../lib/tensorflow/mod.ts";

/** What a worker said on standard output and standard error, and how it ended. */
export interface Worker {
  readonly said: string;
  readonly complained: string;
  /** Its exit code; 128 and more if it was killed. */
  readonly code: number;
}

/** How a worker is run. */
interface RunOptions {
  readonly args?: string[];
  /** Where it is, if not on this machine. */
  readonly network?: Network;
}

/** Runs a program as each worker of a cluster on this machine, or in a network of its own. */
export async function runWorkers(
  script: string,
  size: number,
  options: RunOptions = {},
): Promise<Worker[]> {
  const workers = options.network?.addresses.map((address) => `${address}:2222`) ??
    freePorts(size).map((port) => `127.0.0.1:${port}`);
  return await Promise.all(
    workers.map((_, index) => runWorker(script, { workers, index }, options)),
  );
}

/** Runs a program as one worker of a cluster. */
export async function runWorker(
  script: string,
  { workers, index }: ClusterSpec,
  { args = [], network }: RunOptions = {},
): Promise<Worker> {
  const config = { cluster: { worker: workers }, task: { type: "worker", index } };
  const [program, ...own] = [...network?.prefixes[index] ?? [], Deno.execPath()];
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...own, "run", "--allow-all", script, ...args],
    env: { TF_CONFIG: JSON.stringify(config) },
    stdin: "null",
  }).output();
  const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { said, complained, code };
}
