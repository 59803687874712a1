import { join, resolve } from "node:path";
import { folder } from "./folder.ts";
import type { Source } from "./source.ts";

const PACKAGE = "dataset-fashion-mnist";

/** Where the Debian package puts the files, once it is installed. */
export const DEBIAN_FOLDER = "/usr/share/datasets/fashion-mnist";

/** Options of {@linkcode debianPackage}. */
export interface DebianPackageOptions {
  /** The programs to run, by name or path. */
  aptGet?: string;
  dpkgDeb?: string;
  /** Gives up when one of them runs for so many milliseconds. 600,000 if not given. */
  timeoutMs?: number;
}

/**
 * The Debian package of the data (also Ubuntu's), downloaded and unpacked without installing
 * it: no root is needed, and apt's own lists and caches are left alone.
 *
 * @param workDirectory Where to make a temporary folder, which is removed afterwards.
 */
export function debianPackage(
  workDirectory: string,
  { aptGet = "apt-get", dpkgDeb = "dpkg-deb", timeoutMs = 600_000 }: DebianPackageOptions = {},
): Source {
  return {
    place: `the Debian package ${PACKAGE}`,
    chosen: false,
    async *read(files, { log, signal }) {
      await Deno.mkdir(workDirectory, { recursive: true });
      const cwd = await Deno.makeTempDir({ dir: resolve(workDirectory), prefix: "apt-" });
      try {
        const run = { cwd, timeoutMs, signal, stderr: new Array<string>() };
        const options = await aptOptions(cwd);
        log(`Reading apt-get's package lists (about 14 MB), for ${PACKAGE}`);
        await runCommand(aptGet, ["update", ...options], run);
        log(`Downloading ${PACKAGE} with apt-get (31 MB)`);
        await runCommand(aptGet, ["download", PACKAGE, ...options], run);
        await runCommand(dpkgDeb, ["-x", await archiveIn(cwd), "unpacked"], run);
        yield* folder(join(cwd, "unpacked", DEBIAN_FOLDER)).read(files, { log, signal });
      } finally {
        await Deno.remove(cwd, { recursive: true });
      }
    },
  };
}

/** Options that keep all that apt-get writes in `directory`, where it wants its folders ready. */
async function aptOptions(directory: string): Promise<string[]> {
  const lists = join(directory, "lists");
  const cache = join(directory, "cache");
  await Deno.mkdir(join(lists, "partial"), { recursive: true });
  await Deno.mkdir(join(cache, "archives", "partial"), { recursive: true });
  return [
    `Dir::State::Lists=${lists}`,
    `Dir::Cache=${cache}`,
    "Debug::NoLocking=1",
    // As root, apt-get would drop to a user who may not write here, and warn of it.
    "APT::Sandbox::User=root",
    "Acquire::http::Timeout=15",
    "Acquire::https::Timeout=15",
  ].flatMap((option) => ["-o", option]);
}

async function archiveIn(directory: string): Promise<string> {
  const entries = await Array.fromAsync(Deno.readDir(directory));
  const archive = entries.find(({ name }) => name.endsWith(".deb"));
  if (archive === undefined) throw new Deno.errors.NotFound("apt-get downloaded no .deb file");
  return archive.name;
}

interface RunOptions {
  cwd: string;
  timeoutMs: number;
  signal?: AbortSignal;
  /**
   * Gathers what the commands say, for the error: a failed update ends well but for its warnings,
   * and only the next command fails.
   */
  stderr: string[];
}

async function runCommand(
  command: string,
  args: string[],
  { cwd, timeoutMs, signal, stderr }: RunOptions,
): Promise<void> {
  const name = `${command} ${args[0]}`;
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort(new Deno.errors.TimedOut(`${name} took more than ${timeoutMs / 1000} s`));
  }, timeoutMs);
  try {
    const stop = AbortSignal.any(
      signal === undefined ? [timeout.signal] : [timeout.signal, signal],
    );
    const child = new Deno.Command(command, {
      args,
      cwd,
      env: { LC_ALL: "C" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal: stop,
    }).spawn();
    // Not child.output(): it would wait for a grandchild that keeps the pipe open after the stop.
    const text = child.stderr.pipeThrough(new TextDecoderStream(), { signal: stop });
    const [{ code }, chunks] = await Promise.all([child.status, Array.fromAsync(text)]);
    stderr.push(...chunks.join("").split("\n").filter((line) => line !== ""));
    if (code !== 0) {
      const last = stderr.slice(-3).join("; ");
      throw new Deno.errors.NotFound(`${name} ended with status ${code}: ${last}`);
    }
  } finally {
    clearTimeout(timer);
  }
}
