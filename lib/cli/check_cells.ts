import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { startChild } from "../processes/mod.ts";
import { ROOT } from "./folders.ts";
import { cellsModule, nameCells, type Notebook } from "../notebook_files/mod.ts";

/**
 * Type-checks and lints a notebook's cells, joined to one module, which lies in a temporary folder:
 * that of the notebook is left alone. Their format is left to the author: `deno fmt` would rewrite
 * the prose too, and makes `2*p*` the plain text `2_p_`.
 *
 * @returns What the compiler and the linter complain of, with cells and lines; nothing if all is
 *   well.
 */
export async function checkCells(path: string, notebook: Notebook): Promise<string[]> {
  const name = basename(path);
  const file = name.replace(/\.ipynb$/, ".cells.ts");
  const { code, lines } = cellsModule(notebook);
  const folder = await Deno.makeTempDir({ prefix: "cells-" });
  try {
    const module = join(folder, file);
    await Deno.writeTextFile(module, fromAnywhere(code, path));
    const config = `--config=${join(ROOT, "deno.json")}`;
    const results = await Promise.all([
      deno("check", "--quiet", config, module),
      deno("lint", "--quiet", config, module),
    ]);
    return results.filter(({ success }) => !success)
      .map(({ printed }) => nameCells(printed, { file, notebook: name, lines }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Code whose imports, relative to a path, are addresses that hold everywhere. */
function fromAnywhere(code: string, path: string): string {
  return code.replace(
    /\b(from|import)(\s*\(?\s*)"(\.\.?\/[^"]*)"/g,
    (_, word, space, specifier) => `${word}${space}"${new URL(specifier, pathToFileURL(path))}"`,
  );
}

async function deno(...args: string[]): Promise<{ success: boolean; printed: string }> {
  const { success, stdout, stderr } = await startChild(Deno.execPath(), {
    args,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { success, printed: (decoder.decode(stdout) + decoder.decode(stderr)).trim() };
}
