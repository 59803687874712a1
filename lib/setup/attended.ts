import { fileURLToPath } from "node:url";
import { callersPath } from "../files/mod.ts";

const SCRIPT = fileURLToPath(new URL("./attended.py", import.meta.url));

/**
 * Runs a Python module and waits for it. It ends when this process does, and its
 * output goes to standard error: see attended.py beside this file.
 *
 * @throws {Error} where it exits with another code than 0.
 */
export async function runModule(
  python: string,
  module: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): Promise<void> {
  const child = new Deno.Command(python, {
    args: ["-I", SCRIPT, module, ...args],
    env,
    // Paths in pip's own settings are the user's.
    cwd: callersPath("."),
    stdin: "piped",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const { code } = await child.status;
  await child.stdin.close();
  if (code !== 0) {
    throw new Error(
      `Cannot run ${python} -m ${module}: exit code ${code}, its messages stand above`,
    );
  }
}
