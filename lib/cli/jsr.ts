/**
 * `deno task jsr`: takes `@std` from JSR's registry instead of the stand-ins in lib/std,
 * by dropping `links` from deno.json and rewriting deno.lock. Both files change only
 * when the registry has served everything.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../processes/mod.ts";
import { command } from "./command.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const USAGE = `deno task jsr

Takes @std from JSR's registry instead of the stand-ins in lib/std.`;

/** The packages that deno.json's imports take from JSR, such as `jsr:@std/assert@1.0.14`. */
const PACKAGES = /(?<=")jsr:[^"]+(?=")/g;

/** The line of deno.json that names the stand-ins. */
const LINKS = /^ *"links": \[[^\]]*\],\n/m;

/**
 * Drops the stand-ins of the checkout in the folder `root`.
 *
 * @throws {SyntaxError} where deno.json has no `links`, as after a first call.
 * @throws {Error} where deno fails; then nothing has changed.
 */
export async function useRegistry(
  root: string = ROOT,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const config = join(root, "deno.json");
  const lock = join(root, "deno.lock");
  const newConfig = join(root, ".deno.jsr.json");
  const newLock = join(root, ".deno.jsr.lock");
  const text = await Deno.readTextFile(config);
  if (!LINKS.test(text)) throw new SyntaxError('Cannot use JSR: deno.json has no "links" to drop');
  // Named one by one, since a bare "deno install" ends well where JSR serves nothing.
  const packages = text.match(PACKAGES) ?? [];
  try {
    await Deno.writeTextFile(newConfig, text.replace(LINKS, ""));
    await Deno.copyFile(lock, newLock);
    const { code } = await startChild(Deno.execPath(), {
      args: ["cache", "--config", newConfig, "--lock", newLock, "--frozen=false", ...packages],
      cwd: root,
      stdin: "null",
      signal,
    }).status;
    if (code !== 0) throw new Error(`Cannot use JSR: deno cache ended with exit code ${code}`);
    await Deno.rename(newLock, lock);
    await Deno.rename(newConfig, config);
  } finally {
    for (const path of [newConfig, newLock]) {
      await Deno.remove(path).catch(() => {});
    }
  }
}

if (import.meta.main) {
  await command(USAGE, (signal) => useRegistry(ROOT, { signal }));
}
