import { availableParallelism, cpus, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs";
import type { Backend } from "../tensorflow/mod.ts";

/** Where and with what a run was measured: what its result file says besides the figures. */
export interface Provenance {
  /** The commit that was checked out, 40 hexadecimal digits, with `-dirty` if it was changed. */
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

/**
 * Describes this moment's checkout, versions and machine.
 *
 * @throws {Deno.errors.NotFound} If there is no git, or the folder is not a git checkout: a
 *   figure whose code nobody knows is worth little.
 */
export async function provenance({ name, description }: Backend): Promise<Provenance> {
  return {
    commit: await currentCommit(),
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

/** The commit that is checked out, with `-dirty` where the code differs from it. */
async function currentCommit(): Promise<string> {
  const commit = await git("rev-parse", "HEAD");
  const changes = await git("status", "--porcelain", "--", ":/deno.json", ":/deno.lock", ":/lib");
  return changes === "" ? commit : `${commit}-dirty`;
}

async function git(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["-C", import.meta.dirname ?? ".", ...args],
    env: { GIT_OPTIONAL_LOCKS: "0" },
  }).output();
  if (!success) {
    const reason = new TextDecoder().decode(stderr).trim();
    throw new Deno.errors.NotFound(`Cannot tell which commit is running: ${reason}`);
  }
  return new TextDecoder().decode(stdout).trim();
}
