import { existsSync } from "node:fs";
import { join } from "node:path";
import { granted } from "../../../permissions.ts";
import { ENVIRONMENT } from "../../run_cells.ts";

const PYTHON = join(ENVIRONMENT, "bin", "python");

/** Whether there is no Python with pyzmq, JupyterLab's, or no permission to use it. */
export const ignore = !granted("read", "env", "run", { name: "net", host: "127.0.0.1" }) ||
  !existsSync(join(ENVIRONMENT, "bin", "jupyter-execute"));

/** Runs a Python program that has `zmq` and a context; gives what it prints. */
export async function runPyzmq(program: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(PYTHON, {
    args: ["-I", "-c", `import sys, zmq\ncontext = zmq.Context()\n${program}`, ...args],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
