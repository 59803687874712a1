/**
 * `deno task kernel --install`: puts the kernel among the user's Jupyter kernels.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { kernelSpec, TYPES_VARIABLE } from "./kernel_spec.ts";

const NAME = "typescript-deno";

const USAGE = `deno task kernel --install [options]

Puts the kernel "TypeScript (Deno)" among the user's Jupyter kernels: one small file, which names
this Deno and this folder. Without --install it prints that file.

  --data-dir DIR  Jupyter's data folder; JUPYTER_DATA_DIR or the usual one if not given
  --no-types      neither completes nor checks by types, which saves 500 MB
  --remove        takes it away again`;

/**
 * Where Jupyter keeps what belongs to a user.
 *
 * Source: docs.jupyter.org, "Common Directories and File Locations".
 */
export function jupyterDataFolder(): string {
  const named = Deno.env.get("JUPYTER_DATA_DIR");
  if (named) return named;
  switch (Deno.build.os) {
    case "windows":
      return join(Deno.env.get("APPDATA") ?? join(homedir(), "AppData", "Roaming"), "jupyter");
    case "darwin":
      return join(homedir(), "Library", "Jupyter");
    default:
      return join(Deno.env.get("XDG_DATA_HOME") || join(homedir(), ".local", "share"), "jupyter");
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      install: { type: "boolean", default: false },
      remove: { type: "boolean", default: false },
      "data-dir": { type: "string" },
      "no-types": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const folder = join(values["data-dir"] ?? jupyterDataFolder(), "kernels", NAME);
  const spec = kernelSpec({ env: values["no-types"] ? { [TYPES_VARIABLE]: "off" } : {} });
  const text = JSON.stringify(spec, null, 2) + "\n";
  if (values.help) console.log(USAGE);
  else if (values.remove) {
    const isThere = existsSync(folder);
    if (isThere) await Deno.remove(folder, { recursive: true });
    console.log(isThere ? `Removed ${folder}` : `${folder} is not there`);
  } else if (values.install) {
    await Deno.mkdir(folder, { recursive: true });
    const path = join(folder, "kernel.json");
    await Deno.writeTextFile(`${path}.new`, text);
    await Deno.rename(`${path}.new`, path);
    console.log(`Wrote ${path}`);
  } else console.log(text.trimEnd());
}
