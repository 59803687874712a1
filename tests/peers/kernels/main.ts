/**
 * `deno task test:jupyter [--only NAME]… [--bench] [--deno]`: tests the Jupyter kernel as its peers
 * are, by Jupyter's own tests and clients.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { command, unlessStopped } from "../../../lib/cli/command.ts";
import { kernelSpec, TYPES_VARIABLE } from "../../../lib/notebook/kernel/mod.ts";
import { startChild } from "../../../lib/processes/mod.ts";
import { preparePeers } from "../../../lib/setup/mod.ts";

const USAGE = `deno task test:jupyter [options]

Tests the kernel in lib/notebook/kernel with Python's clients, which are installed into .venv.peers,
once. Fails at any fault.

  suite    jupyter_kernel_test, Jupyter's own tests of kernels
  order    whether outputs are lost or misplaced, with idle cores and beside two busy loops
  stop     seconds from Stop to the prompt, and what is left then
  clients  nbconvert, papermill and a console

  --only NAME  that part alone; may be repeated
  --bench      only measures milliseconds a cell, beside Deno's own kernel
  --deno       tests Deno's own kernel, for comparison`;

const NOTEBOOKS = fileURLToPath(new URL("../../../notebooks", import.meta.url));

const OURS = "typescript-under-test";
const DENO = "deno-under-test";

/** Programs beside this one, and whether the kernel is to look at types for them. */
const PARTS = {
  suite: { program: "kernel_suite.py", types: true },
  order: { program: "order.py", types: false },
  stop: { program: "stop.py", types: false },
  clients: { program: "clients.py", types: true },
};

const isPart = (name: string): name is keyof typeof PARTS => name in PARTS;

await command(USAGE, async (signal) => {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: Object.keys(PARTS) },
      bench: { type: "boolean", default: false },
      deno: { type: "boolean", default: false },
    },
  });
  const unknown = values.only.find((name) => !isPart(name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot test ${unknown}: expected one of ${Object.keys(PARTS).join(", ")}`,
    );
  }
  const python = await unlessStopped(signal, preparePeers("kernels"));
  const folder = await Deno.makeTempDir({ prefix: "jupyter-" });
  try {
    await writeKernels(folder);
    const run = async (program: string, options: { args: readonly string[]; types?: boolean }) => {
      const { code } = await startChild(python, {
        args: [fileURLToPath(new URL(program, import.meta.url)), ...options.args],
        env: {
          JUPYTER_DATA_DIR: folder,
          JUPYTER_RUNTIME_DIR: folder,
          JUPYTER_CONFIG_DIR: folder,
          IPYTHONDIR: folder,
          JUPYTER_PATH: "",
          TF_CPP_MIN_LOG_LEVEL: "2",
          [TYPES_VARIABLE]: options.types === true ? "" : "off",
        },
        stdin: "null",
        signal,
      }).status;
      signal.throwIfAborted();
      return code;
    };
    if (values.bench) {
      if (await run("bench.py", { args: [OURS, DENO] }) !== 0) throw new Error("it failed");
      return;
    }
    const failed: string[] = [];
    for (const name of values.only.filter(isPart)) {
      console.log(`\n${name}`);
      const { program, types } = PARTS[name];
      const args = [values.deno ? DENO : OURS, NOTEBOOKS];
      if (await run(program, { args, types }) !== 0) failed.push(name);
    }
    if (failed.length > 0) throw new Error(`${failed.join(", ")} failed`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function writeKernels(folder: string): Promise<void> {
  const env = { NO_COLOR: "1" };
  const ours = kernelSpec({ name: OURS, env });
  const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  const denos = { argv, display_name: DENO, language: "typescript", env };
  for (const spec of [ours, denos]) {
    const path = join(folder, "kernels", spec.display_name);
    await Deno.mkdir(path, { recursive: true });
    await Deno.writeTextFile(join(path, "kernel.json"), JSON.stringify(spec));
  }
}
