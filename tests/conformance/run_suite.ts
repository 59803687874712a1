import { stop } from "esbuild";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../../lib/processes/mod.ts";
import { bundleSuite } from "./bundle.ts";
import type { SpecResult } from "./exceptions.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A backend, and how it did. */
export interface SuiteRun {
  readonly backend: string;
  /** What the backend ran on. */
  readonly description: string;
  readonly results: readonly SpecResult[];
}

/**
 * Runs TensorFlow.js's own tests on backends of ours, each in a process of its own.
 *
 * @throws {Error} If a process ends before its tests do; the message has its last words.
 */
export async function* runSuite(
  backends: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<SuiteRun> {
  const folder = await Deno.makeTempDir();
  const bundle = join(folder, "suite.cjs");
  try {
    await bundleSuite(bundle);
    await stop();
    for (const backend of backends) {
      yield await runBundle(bundle, backend, { signal });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runBundle(
  bundle: string,
  backend: string,
  { signal }: { readonly signal?: AbortSignal },
): Promise<SuiteRun> {
  const results = join(bundle, "..", `${backend}.json`);
  const { code, stdout, stderr } = await startChild(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-all",
      `--config=${join(ROOT, "deno.json")}`,
      bundle,
      backend,
      results,
    ],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal,
  }).output();
  const read = await Deno.readTextFile(results).catch(() => undefined);
  if (read === undefined) {
    const words = new TextDecoder().decode(stderr).trim().split("\n").slice(-10).join("\n");
    throw new Error(`Cannot run the suite on ${backend}: it ended with code ${code}\n${words}`);
  }
  const [description] = new TextDecoder().decode(stdout).split("\n");
  return { backend, description, results: JSON.parse(read) };
}
