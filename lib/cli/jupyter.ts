import { join } from "node:path";
import { writeAtomically } from "../files/mod.ts";
import { kernelSpec } from "../notebook/kernel/mod.ts";
import { prepareJupyter, prepareTensorflow } from "../setup/mod.ts";
import { ROOT } from "./folders.ts";

/** How JupyterLab names Deno's kernel. */
export const KERNEL_NAME = "deno";

const ENVIRONMENT = join(ROOT, ".venv");

/** Jupyter as a task uses it; disposed when it is not needed any more. */
export interface Jupyter extends AsyncDisposable {
  /** The Python of an environment with JupyterLab and nbclient. */
  readonly python: string;
  /** Variables that keep Jupyter's own files in one folder, and the user's out. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Sets up all that a notebook needs from outside: TensorFlow's wheel, where there is one, and
 * Jupyter with Deno's kernel. Where TensorFlow is missing a line on standard error says why.
 *
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Deno.errors.AlreadyExists} where `.venv` was made by something else.
 * @throws {Error} where venv or pip fails.
 */
export async function setUpJupyter(): Promise<Jupyter> {
  const tensorflow = await prepareTensorflow();
  const python = await prepareJupyter();
  if (tensorflow.status === "unavailable") console.error(tensorflow.message);
  return await jupyterOf(python);
}

/**
 * Jupyter with its files in a folder, `.venv/jupyter` if not given. Where that may not be written, as
 * in a checkout of another user, they are in a temporary one until this is disposed.
 */
export async function jupyterOf(
  python: string,
  { folder = join(ENVIRONMENT, "jupyter") }: { readonly folder?: string } = {},
): Promise<Jupyter> {
  const isOurs = await canWrite(folder);
  const own = isOurs ? folder : await Deno.makeTempDir({ prefix: "jupyter-" });
  await writeJupyterFiles(own);
  return {
    python,
    variables: jupyterVariables(own),
    async [Symbol.asyncDispose]() {
      if (!isOurs) await Deno.remove(own, { recursive: true });
    },
  };
}

async function canWrite(folder: string): Promise<boolean> {
  try {
    await Deno.mkdir(folder, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: folder }));
    return true;
  } catch {
    // Whatever keeps it from being written.
    return false;
  }
}

/**
 * Writes what Jupyter needs to know: Deno's kernel, and that nothing is announced from the web.
 * Files that are right already stay untouched.
 */
async function writeJupyterFiles(folder: string): Promise<void> {
  const kernel = kernelSpec({ name: "Deno", env: { NO_COLOR: "1" } });
  const announcements = "@jupyterlab/apputils-extension:announcements";
  await write(join(folder, "data", "kernels", KERNEL_NAME, "kernel.json"), kernel);
  await write(join(folder, "config", "labconfig", "page_config.json"), {
    disabledExtensions: { [announcements]: true },
  });
}

function jupyterVariables(folder: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    IPYTHONDIR: join(folder, "ipython"),
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
