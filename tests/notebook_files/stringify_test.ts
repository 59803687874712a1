import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { type Notebook, parseNotebook, stringifyNotebook } from "../../lib/notebook_files/mod.ts";
import { granted } from "../permissions.ts";
import { code, notebookOf, prose, stream } from "./fixtures.ts";

const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

const shown = {
  output_type: "display_data",
  data: {
    "text/html": "<b>\n</b>\n",
    "image/svg+xml": "<svg>\n",
    "image/png": "AA\n",
    "application/json": "a\nb",
  },
  metadata: { z: 1, a: { c: [], b: {} } },
} as const;

const notebook: Notebook = {
  ...notebookOf(
    prose("# Title\n\nüber π, 𝟙, \u0007 and \u2028 a line"),
    { ...code("", null), id: "empty" },
    code(
      ["a;\r\n", "b;"],
      1,
      stream("stdout", "x\ny\r\nz\x85\n"),
      shown,
    ),
  ),
  metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
};

Deno.test("stringifyNotebook() sorts keys and writes texts line by line", () => {
  const text = stringifyNotebook(notebookOf(code("a;\nb;", 1, stream("stdout", "1\n2"))));
  assertEquals(text.split("\n").slice(0, 4), [
    "{",
    ' "cells": [',
    "  {",
    '   "cell_type": "code",',
  ]);
  assertEquals(text.at(-1), "\n");
  const [cell] = parseNotebook(text, "n.ipynb").cells;
  assertEquals(cell.source, ["a;\n", "b;"]);
  assertEquals(cell.outputs?.[0].text, ["1\n", "2"]);
});

Deno.test({
  name: "stringifyNotebook() writes what nbformat writes",
  ignore: !granted("read", "run") || !(await isNbformatThere()),
  fn: async () => {
    const text = stringifyNotebook(notebook);
    const rewrite = "import nbformat, sys; sys.stdin.reconfigure(newline='')\n" +
      "notebook = nbformat.reads(sys.stdin.read(), as_version=4); nbformat.validate(notebook)\n" +
      "sys.stdout.write(nbformat.writes(notebook) + chr(10))";
    assertEquals(await python(rewrite, text), text);
  },
});

async function isNbformatThere(): Promise<boolean> {
  return await python("import nbformat; print('there')").catch(() => "") === "there\n";
}

async function python(script: string, input = ""): Promise<string> {
  const child = new Deno.Command(PYTHON, {
    args: ["-X", "utf8", "-c", script],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  return new TextDecoder().decode((await child.output()).stdout);
}
