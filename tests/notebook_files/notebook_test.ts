import { assertEquals, assertThrows } from "@std/assert";
import {
  codeCells,
  normalise,
  type Output,
  parseNotebook,
  stringifyNotebook,
} from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, prose, stream } from "./fixtures.ts";

Deno.test("parseNotebook() reads what stringifyNotebook() writes", () => {
  const text = stringifyNotebook(
    notebookOf(prose("# Title"), code("a;\nb;", 1, stream("stdout", "x"))),
  );
  const lines: Output = { output_type: "stream", name: "stdout", text: ["x"] };
  const expected = notebookOf(
    { ...prose(""), source: ["# Title"] },
    code(["a;\n", "b;"], 1, lines),
  );
  assertEquals(parseNotebook(text, "n.ipynb"), expected);
});

Deno.test("parseNotebook() names a file that is no notebook of format 4.5", () => {
  assertThrows(() => parseNotebook("{", "n.ipynb"), SyntaxError, "n.ipynb: it is not JSON");
  const cell = code("a", 1);
  for (
    const damaged of [
      [],
      { ...notebookOf(), nbformat_minor: 4 },
      { ...notebookOf(), cells: [{ ...cell, source: 3 }] },
      { ...notebookOf(), cells: [{ ...cell, outputs: undefined }] },
      { ...notebookOf(), cells: [{ ...cell, outputs: [{ output_type: "stream" }] }] },
    ]
  ) {
    assertThrows(() => parseNotebook(JSON.stringify(damaged), "n.ipynb"), SyntaxError, "4.5");
  }
});

Deno.test("codeCells() counts prose too, from 1", () => {
  const notebook = notebookOf(prose("a"), code("b", 1), prose("c"), code("d", 2));
  assertEquals(codeCells(notebook).map(({ number }) => number), [2, 4]);
});

Deno.test("normalise() drops times and states of widgets, and joins what a stream said in pieces", () => {
  const cell = {
    ...code("a", 1, stream("stdout", "1\n"), stream("stdout", "2\n"), stream("stderr", "3\n")),
    metadata: { execution: { "iopub.status.busy": "2026" }, tags: ["gallery"] },
  };
  const metadata = { mine: 1, widgets: {} };
  const { cells: [clean], ...notebook } = normalise({ ...notebookOf(cell), metadata });
  assertEquals(clean.metadata, { tags: ["gallery"] });
  assertEquals(clean.outputs, [stream("stdout", "1\n2\n"), stream("stderr", "3\n")]);
  assertEquals(notebook.metadata, {
    mine: 1,
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  });
});
