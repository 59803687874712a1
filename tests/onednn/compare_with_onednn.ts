import { fileURLToPath } from "node:url";
import { faultsOf } from "./compare.ts";
import type { CaseResult } from "./run_cases.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCRIPT = fileURLToPath(new URL("run_cases.ts", import.meta.url));

/** How many cases a process computes, whose results are held at once. */
const BATCH = 500;

/** A case that was computed both ways, and what is wrong with oneDNN. */
export interface Comparison {
  readonly number: number;
  readonly faults: readonly string[];
}

/**
 * Computes cases in a process without oneDNN and in one with it, and compares.
 *
 * @param isa The newest instructions that oneDNN may take, or `DEFAULT` for the processor's.
 */
export async function* compareWithOnednn(
  { seed, count, isa = "DEFAULT" }: { seed: number; count: number; isa?: string },
): AsyncGenerator<Comparison> {
  const environments: Record<string, string>[] = [
    { TF_ENABLE_ONEDNN_OPTS: "0" },
    { TF_ENABLE_ONEDNN_OPTS: "1", ONEDNN_MAX_CPU_ISA: isa },
  ];
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    const [without, withOnednn] = await Promise.all(
      environments.map((env) => computeCases({ seed, from, to, env })),
    );
    for (let number = from; number < to; number++) {
      const expected = without[number - from];
      if (expected === undefined) throw new Error(`Cannot compute case ${number} without oneDNN`);
      // Without oneDNN the graph has to agree with what ran eagerly, too.
      const faults = faultsOf(expected, expected).map((fault) => `without oneDNN, ${fault}`);
      yield { number, faults: [...faults, ...faultsOf(expected, withOnednn[number - from])] };
    }
  }
}

/** Computes cases; those in which the process ended are `undefined`, and another goes on. */
async function computeCases(
  { seed, from, to, env }: { seed: number; from: number; to: number; env: Record<string, string> },
): Promise<(CaseResult | undefined)[]> {
  const file = await Deno.makeTempFile();
  try {
    const results: (CaseResult | undefined)[] = [];
    while (from + results.length < to) {
      await Deno.truncate(file);
      const args = [
        "run",
        "-A",
        "--no-prompt",
        SCRIPT,
        ...[seed, from + results.length, to].map(String),
      ];
      const { code } = await new Deno.Command(Deno.execPath(), {
        args: [...args, file],
        cwd: ROOT,
        env,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).output();
      const lines = (await Deno.readTextFile(file)).trimEnd().split("\n").filter((line) => line);
      results.push(...lines.map(parse).filter((result) => result !== undefined));
      if (code !== 0) results.push(undefined);
    }
    return results;
  } finally {
    await Deno.remove(file);
  }
}

function parse(line: string): CaseResult | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The process ended in the middle of it.
  }
}
