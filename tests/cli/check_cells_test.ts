import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { checkCells } from "../../lib/cli/check_cells.ts";
import { code, notebookOf, prose } from "../notebook_files/fixtures.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "write", "run");

async function faultsOf(...sources: string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "other.ts"), "export const other = 7;\n");
    const notebook = notebookOf(prose("# Title"), ...sources.map((source, i) => code(source, i)));
    const faults = await checkCells(join(folder, "01_tiny.ipynb"), notebook);
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(names, ["other.ts"], "the notebook's folder is left alone");
    return faults;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name: "checkCells() passes cells that end in a value and go on with each other's names",
  ignore,
  fn: async () => {
    assertEquals(await faultsOf("const a = 1;\na", "[a].map((b) => b + 1)", "await 0"), []);
    const [missing, ...others] = await faultsOf(
      'import { other } from "./other.ts";\nother + 1',
      'const { other: same } = await import("./other.ts");\nsame.length',
    );
    assertStringIncludes(missing, "Property 'length' does not exist on type '7'");
    assertStringIncludes(missing, "at 01_tiny.ipynb, cell 3, line 2");
    assertEquals(others, []);
  },
});

Deno.test({
  name: "checkCells() names cell and line of what does not type-check or lint",
  ignore,
  fn: async () => {
    const [check, lint, ...others] = await faultsOf("const a = 1;", "\nvar b: string = a;\nb");
    assertStringIncludes(check, "TS2322");
    assertStringIncludes(check, "at 01_tiny.ipynb, cell 3, line 2\n");
    assertStringIncludes(lint, "no-var");
    assertStringIncludes(lint, "--> 01_tiny.ipynb, cell 3, line 2\n");
    assertEquals(others, []);
  },
});
