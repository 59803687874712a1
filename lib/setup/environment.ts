import { join } from "node:path";
import { readTextIfThere } from "../files/mod.ts";
import { runModule } from "./attended.ts";

/**
 * The file in a virtual environment that lists, one a line, the requirements that
 * were installed completely. An environment with an empty one was left unfinished;
 * one with none was made by someone else.
 */
const INSTALLED = "installed.txt";

/** The requirements installed in an environment: none where it is missing or unfinished. */
export async function installedIn(directory: string): Promise<string[]> {
  const text = await readTextIfThere(join(directory, INSTALLED));
  return text?.split("\n").filter((line) => line !== "") ?? [];
}

/**
 * Installs requirements with pip into the environment, in addition to what is there; other
 * versions of the same packages go.
 * Until pip is done the environment counts as unfinished. Without `dependencies`
 * the wheels alone are installed, and not compiled, since only a library is wanted.
 *
 * Nothing is written outside the environment: pip gets its temporary folder there,
 * and no cache unless PIP_CACHE_DIR names one. Its other settings are the user's.
 *
 * @throws {Error} where pip fails; what was installed before still counts.
 */
export async function addRequirements(
  directory: string,
  requirements: readonly string[],
  { dependencies = true }: { dependencies?: boolean } = {},
): Promise<void> {
  const temporary = join(directory, "tmp");
  const installed = await installedIn(directory);
  await writeInstalled(directory, []);
  await Deno.mkdir(temporary, { recursive: true });
  const options = ["--no-input", "--disable-pip-version-check"];
  // TensorFlow's wheel is there without what it depends on, which pip need not complain of.
  options.push(...dependencies ? ["--no-warn-conflicts"] : ["--no-deps", "--no-compile"]);
  try {
    await runModule(pythonIn(directory), "pip", {
      args: ["install", ...options, ...requirements],
      env: {
        TMPDIR: temporary,
        TEMP: temporary,
        ...(Deno.env.has("PIP_CACHE_DIR") ? {} : { PIP_NO_CACHE_DIR: "1" }),
      },
    });
  } catch (error) {
    await writeInstalled(directory, installed);
    throw error;
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
  const replaced = new Set(requirements.map(packageOf));
  const kept = installed.filter((line) => !replaced.has(packageOf(line)));
  await writeInstalled(directory, [...kept, ...requirements]);
}

/** The package that a requirement such as `jupyterlab==4.6.6` asks for. */
const packageOf = (requirement: string) => requirement.replace(/[^\w.-].*$/, "");

/** The Python of an environment. */
export function pythonIn(directory: string): string {
  return Deno.build.os === "windows"
    ? join(directory, "Scripts", "python.exe")
    : join(directory, "bin", "python");
}

/** Makes an empty virtual environment in a folder that is missing or empty. */
export async function makeEnvironment(directory: string, python: string): Promise<void> {
  await Deno.mkdir(directory, { recursive: true });
  await writeInstalled(directory, []);
  await runModule(python, "venv", { args: [directory] });
}

/**
 * Removes an environment that this project made.
 *
 * @throws {Deno.errors.AlreadyExists} where someone else made what is there.
 */
export async function removeEnvironment(directory: string): Promise<void> {
  let names: string[];
  try {
    names = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  if (names.length > 0 && !names.includes(INSTALLED)) {
    throw new Deno.errors.AlreadyExists(
      `Cannot set up ${directory}: it is there, and was made by something else; move it away`,
    );
  }
  // The list goes last, so that a removal cut short is known for what it is.
  for (const name of names.filter((name) => name !== INSTALLED)) {
    await Deno.remove(join(directory, name), { recursive: true });
  }
  await Deno.remove(directory, { recursive: true });
}

async function writeInstalled(directory: string, requirements: readonly string[]): Promise<void> {
  const path = join(directory, INSTALLED);
  await Deno.writeTextFile(`${path}.new`, requirements.map((line) => `${line}\n`).join(""));
  await Deno.rename(`${path}.new`, path);
}
