import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonIn } from "./environment.ts";
import { install } from "./install.ts";
import { PYTHONS } from "./python.ts";
import { parseRequirements, type Requirements } from "./requirements.ts";

/** Where and with what to set up; every part has its usual value. */
export interface PrepareOptions {
  /** The checkout: it holds requirements.txt and gets `.venv`. */
  readonly root?: string;
  /** The commands to look for Python under. */
  readonly pythons?: readonly string[];
  /** Gets each line that says what is being done. */
  readonly log?: (line: string) => void;
}

/** How {@linkcode prepareTensorflow} went. */
export type Preparation =
  | { readonly status: "ready" }
  | { readonly status: "skipped" }
  | { readonly status: "unavailable"; readonly message: string };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const PLATFORM = `${Deno.build.os} ${Deno.build.arch}`;

/**
 * Makes sure that TensorFlow's library is in `.venv`: installs its wheel there, without
 * the wheel's dependencies, where that was not done before. A second call reads two
 * small files and starts nothing.
 *
 * It is skipped where the variable BACKEND names another backend than tensorflow, and
 * where TENSORFLOW_LIBRARY names a library. It does not throw: where there is no wheel
 * or no Python, or pip fails, the result holds one line for the user, and no `.venv` is
 * left half made.
 */
export async function prepareTensorflow(
  {
    root = ROOT,
    pythons = PYTHONS,
    log = console.error,
    backend = Deno.env.get("BACKEND"),
    library = Deno.env.get("TENSORFLOW_LIBRARY"),
  }: PrepareOptions & { readonly backend?: string; readonly library?: string } = {},
): Promise<Preparation> {
  if ((backend || "tensorflow") !== "tensorflow" || library) return { status: "skipped" };
  try {
    const requirements = await readRequirements(root);
    if (requirements.tensorflow === undefined) {
      throw new Deno.errors.NotSupported(`Cannot find a wheel of it for ${PLATFORM}`);
    }
    const choose = (installed: readonly string[]) => chooseTensorflow(requirements, installed);
    await install(join(root, ".venv"), choose, { dependencies: false, pythons, log });
    return { status: "ready" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      status: "unavailable",
      message:
        `TensorFlow is not set up. ${reason}. Without it the WASM backend serves: networks ` +
        "take many times as long. " +
        "BACKEND=wasm skips the attempt.",
    };
  }
}

/**
 * Installs everything in requirements.txt into `.venv`: JupyterLab and the notebooks' runner with
 * all that they need, and TensorFlow's wheel alone; with `gpu`, TensorFlow for CUDA with NVIDIA's
 * packages, which `.venv` then keeps.
 *
 * @throws {RangeError} where `gpu` is asked for on a platform without such a wheel.
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Deno.errors.AlreadyExists} where `.venv` was made by something else.
 * @throws {Error} where venv or pip fails.
 */
export async function prepareAll(
  { root = ROOT, pythons = PYTHONS, log = console.error, gpu = false }:
    & PrepareOptions
    & { readonly gpu?: boolean } = {},
): Promise<void> {
  const requirements = await readRequirements(root);
  if (gpu && requirements.tensorflowCuda === undefined) {
    throw new RangeError(
      `Cannot install TensorFlow with CUDA: platform is ${PLATFORM}, expected linux x86_64`,
    );
  }
  const choose = (installed: readonly string[]) =>
    chooseTensorflow(requirements, installed, { gpu });
  await install(join(root, ".venv"), choose, { dependencies: gpu, pythons, log });
  await prepareJupyter({ root, pythons, log });
}

/**
 * Installs JupyterLab and the notebooks' runner into `.venv`, in addition to what is there; gives
 * its Python.
 *
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Deno.errors.AlreadyExists} where `.venv` was made by something else.
 * @throws {Error} where venv or pip fails.
 */
export async function prepareJupyter(
  { root = ROOT, pythons = PYTHONS, log = console.error }: PrepareOptions = {},
): Promise<string> {
  const { others } = await readRequirements(root);
  const directory = join(root, ".venv");
  const choose = (installed: readonly string[]) => [...new Set([...installed, ...others])];
  await install(directory, choose, { dependencies: true, pythons, log });
  return pythonIn(directory);
}

/** Where the lists of peers lie, by what they are compared in, or test. */
const PEERS = {
  networks: "tests/peers",
  neighbours: "tests/peers/neighbours",
  kernels: "tests/peers/kernels",
};

/**
 * Installs the Python packages that speed is compared with, or by which Jupyter's kernels are
 * tested, into `.venv.peers`, in addition to what is there; gives its Python.
 *
 * @param peers Those of which list.
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Error} where venv or pip fails.
 */
export async function preparePeers(
  peers: keyof typeof PEERS,
  { root = ROOT, pythons = PYTHONS, log = console.error }: PrepareOptions = {},
): Promise<string> {
  const { tensorflow = [], others } = await readRequirements(join(root, PEERS[peers]));
  const directory = join(root, ".venv.peers");
  const choose = (installed: readonly string[]) => [
    ...new Set([...installed, ...[tensorflow].flat(), ...others]),
  ];
  await install(directory, choose, { dependencies: true, pythons, log });
  return pythonIn(directory);
}

/**
 * What `.venv` has to hold for TensorFlow: the wheel for CUDA where it is there or asked for, else
 * the platform's, if it has one. JupyterLab stays if it was there first, as after a failure of pip;
 * it may be running.
 */
function chooseTensorflow(
  { tensorflow, tensorflowCuda, others }: Requirements,
  installed: readonly string[],
  { gpu = false }: { gpu?: boolean } = {},
): readonly string[] {
  const cuda = gpu || installed.some((line) => line === tensorflowCuda);
  const chosen = cuda ? tensorflowCuda : tensorflow;
  if (chosen === undefined) return [];
  return installed.every((line) => others.includes(line)) ? [...installed, chosen] : [chosen];
}

async function readRequirements(root: string): Promise<Requirements> {
  return parseRequirements(await Deno.readTextFile(join(root, "requirements.txt")));
}
