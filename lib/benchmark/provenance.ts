import { availableParallelism, cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../tensorflow/mod.ts";

/** Where and with what a run was measured: what its result file says besides the figures. */
export interface Provenance {
  /**
   * The commit that was checked out, 40 hexadecimal digits, with `-dirty` if it was changed; or
   * {@linkcode UNKNOWN_COMMIT}.
   */
  readonly commit: string;
  /** When the run began, of several the first, in UTC: `2026-01-31T12:00:00Z`. */
  readonly date: string;
  /** Versions by name: `deno`, `tfjs`, and those of the backend. */
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** The backend's name, such as `tensorflow` or `wasm`. */
  readonly backend: string;
}

/** The machine a run was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
}

/** What stands for the commit where it cannot be told. */
export const UNKNOWN_COMMIT = "unknown";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Describes this moment's checkout, versions and machine. */
export async function provenance({ name, description }: Backend): Promise<Provenance> {
  return {
    commit: await commitOf(ROOT),
    date: new Date().toISOString(),
    versions: versionsOf({ name, description }),
    machine: {
      cpu: cpus()[0]?.model.trim() || "unknown",
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      os: `${Deno.build.os} ${Deno.osRelease()}`,
    },
    backend: name,
  };
}

/** The versions of what calculates, by name. */
export function versionsOf(
  { name, description }: Pick<Backend, "name" | "description">,
): Record<string, string> {
  return {
    deno: Deno.version.deno,
    tfjs: tf.version.tfjs,
    // The path of the library says nothing on another machine.
    [name]: description.replace(/, .*[\\/].*/, ""),
  };
}

/**
 * The commit that is checked out in a folder, with `-dirty` where the code differs from it; unknown
 * where there is no git, or the folder is not the root of a checkout, as after a ZIP was unpacked.
 */
export async function commitOf(root: string): Promise<string> {
  // A folder within another checkout would give the commit of that.
  const found = await git(root, "rev-parse", "--show-prefix", "HEAD");
  if (found === undefined || !found.startsWith("\n")) return UNKNOWN_COMMIT;
  const paths = ["deno.json", "deno.lock", "lib"];
  const changes = await git(root, "status", "--porcelain", "--", ...paths);
  return changes === "" ? found.trim() : `${found.trim()}-dirty`;
}

/** What git says in a folder; `undefined` if it fails or is not there. */
async function git(root: string, ...args: string[]): Promise<string | undefined> {
  // This very process runs the folder's code: whoever owns it is trusted already.
  const options = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-C", root];
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: [...options, ...args],
      env: { GIT_OPTIONAL_LOCKS: "0" },
    }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
