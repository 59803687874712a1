import { basename, dirname, join } from "node:path";
import { AUDIT_VARIABLE, TYPES_VARIABLE } from "../notebook/kernel/mod.ts";
import { filesRead, normalise, type Notebook, parseNotebook } from "../notebook_files/mod.ts";
import { startChild } from "../processes/mod.ts";
import { ROOT } from "./folders.ts";
import { type Jupyter, KERNEL_NAME } from "./jupyter.ts";

/** Folders whose files a notebook's outputs come from. */
const INPUTS = ["data/results", "data/weights", "data/reference"];

/** What a headless run of a notebook gave. */
export interface NotebookRun {
  /** The notebook with the run's outputs. */
  readonly notebook: Notebook;
  /** The files of results, weights and published figures that it read, within the checkout. */
  readonly inputs: readonly string[];
  readonly seconds: number;
}

/**
 * Runs a notebook from a clean kernel, in its own folder, and leaves its file as it is. A cell
 * that fails does not stop it: its error is among the outputs.
 *
 * @param options.size What `NOTEBOOK_SIZE` says to the notebook.
 * @throws {Error} If nbclient fails, as when it is stopped.
 */
export async function runNotebook(
  path: string,
  jupyter: Jupyter,
  { size, signal }: { readonly size: "reader" | "test"; readonly signal: AbortSignal },
): Promise<NotebookRun> {
  const folder = await Deno.makeTempDir({ prefix: "notebook-" });
  try {
    const [output, log] = [join(folder, basename(path)), join(folder, "read.jsonl")];
    await Deno.writeTextFile(log, "");
    const started = performance.now();
    const { code, stderr } = await startChild(jupyter.python, {
      args: [
        "-I",
        "-Xutf8",
        "-c",
        "import nbclient.cli; nbclient.cli.main()",
        "--allow-errors",
        "--timeout=-1",
        `--kernel_name=${KERNEL_NAME}`,
        `--output=${output}`,
        path,
      ],
      env: {
        ...jupyter.variables,
        [AUDIT_VARIABLE]: log,
        // The cells are type-checked by themselves.
        [TYPES_VARIABLE]: "off",
        NOTEBOOK_SIZE: size,
        NO_COLOR: "1",
      },
      stdout: "null",
      stderr: "piped",
      signal,
    }).output();
    if (code !== 0) {
      // The line that says it stands below Python's stack.
      const reason = new TextDecoder().decode(stderr).trimEnd().split("\n").at(-1);
      throw new Error(`Cannot run ${basename(path)}: ${reason}`);
    }
    const seconds = (performance.now() - started) / 1000;
    const read = filesRead(await Deno.readTextFile(log), {
      root: ROOT,
      cwd: dirname(path),
      under: INPUTS,
    });
    const notebook = parseNotebook(await Deno.readTextFile(output), basename(path));
    return { notebook: normalise(notebook), inputs: await filesAmong(read), seconds };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Those of some paths that are files: folders are read too, to see what is in them. */
async function filesAmong(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(paths.map(async (path) => {
    const info = await Deno.stat(join(ROOT, path)).catch(() => undefined);
    return info?.isFile ? [path] : [];
  }));
  return files.flat();
}
