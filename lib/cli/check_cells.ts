import { basename, dirname, join } from "node:path";
import { writeAtomically } from "../files/mod.ts";
import { startChild } from "../processes/mod.ts";
import { cellsModule, nameCells, type Notebook } from "../notebook_files/mod.ts";

/**
 * Type-checks and lints a notebook's cells, joined to one module beside it. Their format is left to
 * the author: `deno fmt` would rewrite the prose too, and makes `2*p*` the plain text `2_p_`.
 *
 * @returns What the compiler and the linter complain of, with cells and lines; nothing if all is
 *   well.
 */
export async function checkCells(path: string, notebook: Notebook): Promise<string[]> {
  const name = basename(path);
  const file = `.${name.replace(/\.ipynb$/, "")}.cells.ts`;
  const module = join(dirname(path), file);
  const { code, lines } = cellsModule(notebook);
  await writeAtomically(module, code);
  try {
    const results = await Promise.all([
      deno("check", "--quiet", module),
      deno("lint", "--quiet", module),
    ]);
    return results.filter(({ success }) => !success)
      .map(({ printed }) => nameCells(printed, { file, notebook: name, lines }));
  } finally {
    await Deno.remove(module);
  }
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
