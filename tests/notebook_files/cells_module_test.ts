import { assertEquals } from "@std/assert";
import { cellsModule, nameCells } from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, prose } from "./fixtures.ts";

Deno.test("cellsModule() joins the code and remembers where each line stood", () => {
  const { code: text, lines } = cellsModule(
    notebookOf(prose("a"), code("x;\ny;", 1), prose("b"), code(["z;"], 2)),
  );
  assertEquals(text, "x;\ny;\n;\nz;\n;\n");
  assertEquals(lines, [
    { cell: 2, line: 1 },
    { cell: 2, line: 2 },
    { cell: 2, line: 2 },
    { cell: 4, line: 1 },
    { cell: 4, line: 1 },
  ]);
});

Deno.test("nameCells() names cell and line in place of the module's", () => {
  const lines = [{ cell: 2, line: 1 }, { cell: 4, line: 7 }];
  const options = { file: ".03.cells.ts", notebook: "03.ipynb", lines };
  assertEquals(
    nameCells("at file:///a/b/.03.cells.ts:2:5\n --> /a/.03.cells.ts:1:1\nx.ts:2:5", options),
    "at 03.ipynb, cell 4, line 7\n --> 03.ipynb, cell 2, line 1\nx.ts:2:5",
  );
  assertEquals(nameCells("/a/.03.cells.ts:9:1", options), "03.ipynb");
});
