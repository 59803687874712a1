import { join } from "node:path";
import { writeAtomically } from "../files/mod.ts";

/** How JupyterLab names Deno's kernel. */
export const KERNEL_NAME = "deno";

/**
 * Writes what Jupyter needs to know into the virtual environment: Deno's kernel, and that nothing
 * is announced from the web. Files that are right already stay untouched.
 */
export async function writeJupyterFiles(environment: string): Promise<void> {
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

/** Variables that keep Jupyter's own files within the virtual environment. */
export function jupyterVariables(environment: string): Record<string, string> {
  const state = join(environment, "jupyter");
  return {
    JUPYTER_CONFIG_DIR: join(state, "config"),
    JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"),
    IPYTHONDIR: join(state, "ipython"),
    // JUPYTER_PATH may name kernels of the user's, which would hide ours.
    JUPYTER_PREFER_ENV_PATH: "1",
  };
}

async function write(path: string, content: unknown): Promise<void> {
  const text = JSON.stringify(content, null, 2) + "\n";
  const present = await Deno.readTextFile(path).catch(() => undefined);
  if (present === text) return;
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await writeAtomically(path, text);
}
