import { join } from "node:path";
import { writeAtomically } from "../files/mod.ts";
import { prepareJupyter, prepareTensorflow } from "../setup/mod.ts";
import { ROOT } from "./folders.ts";

/** How JupyterLab names Deno's kernel. */
export const KERNEL_NAME = "deno";

const ENVIRONMENT = join(ROOT, ".venv");

/**
 * Sets up all that a notebook needs from outside: TensorFlow's wheel, where there is one, and
 * Jupyter with Deno's kernel; gives the Python of `.venv`. Where TensorFlow is missing a line on
 * standard error says why.
 *
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Deno.errors.AlreadyExists} where `.venv` was made by something else.
 * @throws {Error} where venv or pip fails.
 */
export async function setUpJupyter(): Promise<string> {
  const tensorflow = await prepareTensorflow();
  const python = await prepareJupyter();
  if (tensorflow.status === "unavailable") console.error(tensorflow.message);
  await writeJupyterFiles();
  return python;
}

/**
 * Writes what Jupyter needs to know into the virtual environment: Deno's kernel, and that nothing
 * is announced from the web. Files that are right already stay untouched.
 */
export async function writeJupyterFiles(environment = ENVIRONMENT): Promise<void> {
  const kernel = {
    argv: [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { NO_COLOR: "1" },
  };
  const announcements = "@jupyterlab/apputils-extension:announcements";
  await write(join(environment, "share", "jupyter", "kernels", KERNEL_NAME, "kernel.json"), kernel);
  await write(join(environment, "etc", "jupyter", "labconfig", "page_config.json"), {
    disabledExtensions: { [announcements]: true },
  });
}

/** Variables that keep Jupyter's own files within `.venv`, and the user's out. */
export function jupyterVariables(): Record<string, string> {
  const state = join(ENVIRONMENT, "jupyter");
  return {
    JUPYTER_CONFIG_DIR: join(state, "config"),
    JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"),
    IPYTHONDIR: join(state, "ipython"),
    // They may name folders with kernels or settings of the user's, which would come before ours.
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
  };
}

async function write(path: string, content: unknown): Promise<void> {
  const text = JSON.stringify(content, null, 2) + "\n";
  const present = await Deno.readTextFile(path).catch(() => undefined);
  if (present === text) return;
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await writeAtomically(path, text);
}
