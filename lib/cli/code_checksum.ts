import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { ROOT } from "./folders.ts";

/**
 * The SHA-256 of the checkout's code, 64 hexadecimal digits: of its modules and of the versions
 * that deno.lock fixes. Two processes with the same one run the same program.
 */
export async function codeChecksum(): Promise<string> {
  const hash = createHash("sha256");
  for (const path of [join(ROOT, "deno.lock"), ...await modulesUnder(join(ROOT, "lib"))]) {
    hash.update(`${relative(ROOT, path)}\n`).update(await Deno.readFile(path));
  }
  return hash.digest("hex");
}

async function modulesUnder(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const paths = await Promise.all(
    entries.map(async ({ name, isDirectory }) => {
      const path = join(folder, name);
      if (isDirectory) return await modulesUnder(path);
      return name.endsWith(".ts") ? [path] : [];
    }),
  );
  return paths.flat().sort();
}
