import { freePorts } from "../../../lib/cli/free_ports.ts";
import type { Network } from "../../../lib/cli/network.ts";

/** What a worker said on standard output and standard error, and how it ended. */
export interface Worker {
  readonly said: string;
  readonly complained: string;
  /** Its exit code; 128 and more if it was killed. */
  readonly code: number;
}

/** Runs a program as each worker of a cluster on this machine, or in a network of its own. */
export async function runWorkers(
  script: string,
  size: number,
  { args = [], network }: { args?: string[]; network?: Network } = {},
): Promise<Worker[]> {
  const workers = network?.addresses.map((address) => `${address}:2222`) ??
    freePorts(size).map((port) => `127.0.0.1:${port}`);
  return await Promise.all(workers.map(async (_, index) => {
    const config = { cluster: { worker: workers }, task: { type: "worker", index } };
    const [program, ...own] = [...network?.prefixes[index] ?? [], Deno.execPath()];
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args: [...own, "run", "--allow-all", script, ...args],
      env: { TF_CONFIG: JSON.stringify(config) },
      stdin: "null",
    }).output();
    const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { said, complained, code };
  }));
}
