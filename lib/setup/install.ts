import { basename } from "node:path";
import { addRequirements, installedIn, makeEnvironment, removeEnvironment } from "./environment.ts";
import { withLock } from "./lock.ts";
import { findPython } from "./python.ts";

/**
 * Brings the virtual environment `directory` to hold what `choose` wants, given what it holds.
 * Where that is so already it costs one small file read. What is there is added to where
 * all of it is still wanted; otherwise it is made anew. Two processes at once take
 * turns, one that was killed is done again, and one that fails leaves what was there
 * before, or nothing.
 *
 * @throws {Deno.errors.NotFound} where there is no fit Python.
 * @throws {Deno.errors.AlreadyExists} where `directory` was made by something else.
 * @throws {Error} where venv or pip fails.
 */
export async function install(
  directory: string,
  choose: (installed: readonly string[]) => readonly string[],
  { dependencies, pythons, log }: {
    dependencies: boolean;
    pythons: readonly string[];
    log: (line: string) => void;
  },
): Promise<void> {
  async function examine() {
    const installed = await installedIn(directory);
    const wanted = choose(installed);
    return { installed, wanted, ready: wanted.every((line) => installed.includes(line)) };
  }

  if ((await examine()).ready) return;
  await withLock(`${directory}.lock`, async () => {
    const { installed, wanted, ready } = await examine();
    if (ready) return;
    const announce = (lines: readonly string[]) =>
      log(`Setting up ${basename(directory)}, once: ${lines.join(", ")}`);
    if (installed.length > 0 && installed.every((line) => wanted.includes(line))) {
      const missing = wanted.filter((line) => !installed.includes(line));
      announce(missing);
      return await addRequirements(directory, missing, { dependencies });
    }
    const python = await findPython(pythons);
    announce(wanted);
    await removeEnvironment(directory);
    try {
      await makeEnvironment(directory, python);
      await addRequirements(directory, wanted, { dependencies });
    } catch (error) {
      await removeEnvironment(directory);
      throw error;
    }
  }, { onWait: () => log("Waiting for another set-up of this checkout") });
}
