/**
 * `deno task lab [options of JupyterLab]`: opens the notebooks in JupyterLab.
 *
 * @module
 */
import { callersPath } from "../files/mod.ts";
import { ROOT } from "./folders.ts";
import { KERNEL_NAME, setUpJupyter } from "./jupyter.ts";

const USAGE = `deno task lab [options]

Opens the notebooks in JupyterLab, at this machine's loopback address and with a token. All that
it needs is installed into .venv, once. Options are JupyterLab's own, such as:

  --no-browser   only prints the address
  --port N       listens at another port than 8888`;

const FIRST = "/lab/tree/notebooks/01_data_exploration.ipynb";

/** Runs JupyterLab until it ends; gives its exit code. */
async function run(args: readonly string[]): Promise<number> {
  await using jupyter = await setUpJupyter();
  const child = new Deno.Command(jupyter.python, {
    args: [
      "-m",
      "jupyterlab",
      "--ServerApp.ip=127.0.0.1",
      `--ServerApp.root_dir=${ROOT}`,
      `--LabApp.default_url=${FIRST}`,
      `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
      // It would start Node.js to look for language servers, none of which comes with .venv.
      "--LanguageServerManager.autodetect=False",
      // A server at the loopback address may as well be root's, as in a container.
      ...(Deno.uid() === 0 ? ["--allow-root"] : []),
      ...args,
    ],
    env: jupyter.variables,
    cwd: callersPath("."),
  }).spawn();
  // The terminal sends Ctrl-C to both, and JupyterLab asks whether it is meant.
  Deno.addSignalListener("SIGINT", () => {});
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
    Deno.addSignalListener("SIGHUP", () => child.kill("SIGHUP"));
  }
  return (await child.status).code;
}

if (import.meta.main) {
  if (Deno.args.includes("--help")) {
    console.log(USAGE);
    Deno.exit(0);
  }
  try {
    Deno.exit(await run(Deno.args));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`error: JupyterLab is not set up. ${reason}`);
    Deno.exit(1);
  }
}
