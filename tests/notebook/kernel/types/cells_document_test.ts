import { assertEquals } from "@std/assert";
import { CellsDocument } from "../../../../lib/notebook/kernel/types/cells_document.ts";

const HEAD = "export {};\n";

/** The module after cells that have run, without its first line and what ends a cell. */
function after(ran: readonly string[], last: string): string[] {
  const document = new CellsDocument();
  for (const text of ran) document.ran(text);
  return document.endingWith(last).code.slice(HEAD.length).split("\n;\n").slice(0, -1);
}

Deno.test("CellsDocument joins the cells that ran and the last, which need not be complete", () => {
  const document = new CellsDocument();
  document.ran("a;\nb");
  assertEquals(document.endingWith("f(\nx"), {
    code: `${HEAD}a;\nb\n;\nf(\nx\n;\n`,
    text: "f(\nx",
    line: 4,
  });
});

Deno.test("CellsDocument tells older declarations from a newer one of the same name", () => {
  const names = [
    ["const a = 1;", "const aʹ1 = 1;"],
    ["let b, a", "let b, aʹ1"],
    ["const [x, , a = 1] = y;", "const [x, , aʹ1 = 1] = y;"],
    ["const { a, b } = c;", "const { a: aʹ1, b } = c;"],
    ["const { a = 1, d: { e } } = c;", "const { a: aʹ1 = 1, d: { e } } = c;"],
    ["const { b: a } = c;", "const { b: aʹ1 } = c;"],
    ["const { b, ...a } = c;", "const { b, ...aʹ1 } = c;"],
    ["function a() { return a.name; }", "function aʹ1() { return aʹ1.name; }"],
    ["class a { a = 1 }", "class aʹ1 { a = 1 }"],
    ["enum a { b }", "enum aʹ1 { b }"],
    ["interface a { a: a }", "interface aʹ1 { a: aʹ1 }"],
    ["type a = { a: 1 }", "type aʹ1 = { a: 1 }"],
    ["namespace a {}", "namespace aʹ1 {}"],
    ['import a from "a";', 'import aʹ1 from "a";'],
    ['import * as a from "a";', 'import * as aʹ1 from "a";'],
    ['import { a, b } from "a";', 'import { a as aʹ1, b } from "a";'],
    ['import { type a } from "a";', 'import { type a as aʹ1 } from "a";'],
    ['import { b as a } from "a";', 'import { b as aʹ1 } from "a";'],
  ];
  for (const [older, renamed] of names) {
    assertEquals(after([older], "const a = 2;"), [renamed, "const a = 2;"]);
  }
});

Deno.test("CellsDocument leaves each use of a name with the declaration that it meant", () => {
  assertEquals(
    after(["a;", "const a = 1;", "const b = a;", "const a = b;", "a"], "class a {}"),
    ["a;", "const aʹ2 = 1;", "const b = aʹ2;", "const aʹ1 = b;", "aʹ1", "class a {}"],
  );
});

Deno.test("CellsDocument leaves members alone that have the name of a declaration", () => {
  const uses = [
    ["x.a = { a: 1, b: a, a() {} };", "x.a = { a: 1, b: aʹ1, a() {} };"],
    ["f({ a });", "f({ a: aʹ1 });"],
    ["({ x = a } = y);", "({ x = aʹ1 } = y);"],
    ["const { a: b, c = a } = d;", "const { a: b, c = aʹ1 } = d;"],
    ["let t: [a: x.a, b: typeof a];", "let t: [a: x.a, b: typeof aʹ1];"],
    ['import b from "b" with { a: "x" };', 'import b from "b" with { a: "x" };'],
    ["export { a };", "export { aʹ1 as a };"],
    ["export { b as a };", "export { b as a };"],
    ['export { a } from "b";', 'export { a } from "b";'],
  ];
  for (const [use, renamed] of uses) {
    assertEquals(after(["let a;", use], "let a;"), ["let aʹ1;", renamed, "let a;"]);
  }
});

Deno.test("CellsDocument puts a cell that runs again in place of what it was", () => {
  const document = new CellsDocument();
  document.ran("let a;", { cell: "1" });
  document.ran("a;", { cell: "2" });
  document.ran("let b;", { cell: "1" });
  document.ran("c;");
  document.ran("c;");
  assertEquals(document.endingWith("d").code, `${HEAD}a;\n;\nlet b;\n;\nc;\n;\nc;\n;\nd\n;\n`);
  assertEquals(
    document.endingWith("d", { cell: "2" }).code,
    `${HEAD}let b;\n;\nc;\n;\nc;\n;\nd\n;\n`,
  );
});

Deno.test("CellsDocument leaves out a cell that is no TypeScript, and what it was before", () => {
  const document = new CellsDocument();
  document.ran("let a;", { cell: "1" });
  document.ran("let a = `", { cell: "1" });
  assertEquals(document.endingWith("a").code, `${HEAD}a\n;\n`);
});

Deno.test("CellsDocument counts lines as editors do", () => {
  const document = new CellsDocument();
  document.ran("a;\r\nb;\rc;");
  assertEquals(document.endingWith("").line, 5);
});
