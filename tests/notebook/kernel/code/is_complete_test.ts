import { assertEquals } from "@std/assert";
import { granted } from "../../../permissions.ts";

// TypeScript looks at the environment when it is loaded.
const ignore = !granted("env");

const load = () => import("../../../../lib/notebook/kernel/code/is_complete.ts");

const incomplete = (levels: number) => ({ status: "incomplete", indent: "  ".repeat(levels) });

const check = async (texts: readonly string[], expected: unknown) => {
  const { isComplete } = await load();
  for (const text of texts) assertEquals<unknown>(isComplete(text), expected, text);
};

Deno.test({
  name: "isComplete() takes whole cells: TypeScript, TSX and objects",
  ignore,
  fn: () =>
    check([
      "",
      "// comment",
      "#!/usr/bin/env deno\n1",
      "let a = 1",
      "const a: number = await f(`${1}`)",
      "{ a: 1, b: 2 }",
      "{ let a = 1; a }",
      "{ a: 1 };",
      "<b>hi</b>",
      "<T>(x: T) => x",
      "function f() {}",
      "declare function f(): void",
      "function f(): void;",
    ], { status: "complete" }),
});

Deno.test({
  name: "isComplete() asks for more where what is missing would stand at the end",
  ignore,
  fn: () =>
    check([
      "for (let i",
      "a +",
      "a.",
      "a ? b",
      "() =>",
      "if (x)",
      "if (x) // comment\n",
      "f(",
      "{ a: 1, b:",
      "{ a: 1",
      "{ foo(); ",
      "try {}",
      "do {}",
      "@decorator",
      "import { a",
      "let a = 1,",
      "function f()",
      "type A =",
      "x = <b>",
      "x = <b>one two",
      "`${a",
    ], incomplete(1)),
});

Deno.test({
  name: "isComplete() indents by the brackets that are open, and not in templates and comments",
  ignore,
  async fn() {
    await check(["f({\n  a: [1,\n", "`${`${{"], incomplete(3));
    await check(
      ["class A {\n  m() {", "f(function () {", "({ a: ')]}', b: `)${1}`"],
      incomplete(2),
    );
    await check(["f(`abc", "`a${`b", "{ a: `x", "if (x) {\n/* y"], incomplete(0));
  },
});

Deno.test({
  name: "isComplete() refuses what no end would make right",
  ignore,
  fn: () =>
    check([
      ")",
      "a )",
      "import = 5",
      '"abc',
      "f('abc",
      "/ab",
      "f(]",
      "f(a b",
      "let a = 1 let b",
      "1e",
      "{ let a = 1; )",
    ], { status: "invalid" }),
});
