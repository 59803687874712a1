/** The commands that may be Python, best first: the system's own choice, then by version. */
export const PYTHONS: readonly string[] = [
  "python3",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
  "python",
];

/** The minor versions of Python 3 that TensorFlow 2.21 has wheels for. */
const OLDEST = 10;
const NEWEST = 13;

/** Prints the version, and then, where it can make a virtual environment with pip in it, "venv". */
const PROBE = `
import sys
print(*sys.version_info[:3])
import ensurepip, venv
print("venv")
`;

/**
 * Finds a Python 3.10 to 3.13 that can make a virtual environment, asking each
 * command once, and returns the command.
 *
 * @throws {Deno.errors.NotFound} with what is wrong with each that there is.
 */
export async function findPython(commands: readonly string[] = PYTHONS): Promise<string> {
  const faults: string[] = [];
  for (const command of commands) {
    const fault = await faultOf(command);
    if (fault === undefined) return command;
    if (fault !== "missing") faults.push(`${command} ${fault}`);
  }
  throw new Deno.errors.NotFound(
    `Cannot find Python 3.${OLDEST} to 3.${NEWEST} with venv: ` +
      (faults.length === 0 ? `none of ${commands.join(", ")} is there` : faults.join(", ")),
  );
}

/** Why a command does not do; "missing" where it does not start or is no Python. */
async function faultOf(command: string): Promise<string | undefined> {
  let printed: string;
  try {
    const { stdout } = await new Deno.Command(command, {
      args: ["-I", "-c", PROBE],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).output();
    printed = new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return `may not be run (${error.message})`;
    return "missing";
  }
  const match = printed.match(/^(\d+) (\d+) (\d+)\s*(venv)?/);
  if (match === null) return "missing";
  const [, major, minor, patch, venv] = match;
  if (major !== "3" || Number(minor) < OLDEST || Number(minor) > NEWEST) {
    return `is ${major}.${minor}.${patch}`;
  }
  return venv === undefined ? "lacks venv (on Debian: the package python3-venv)" : undefined;
}
