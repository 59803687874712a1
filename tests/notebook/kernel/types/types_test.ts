import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { Types } from "../../../../lib/notebook/kernel/types/types.ts";
import { granted } from "../../../permissions.ts";

const ignore = !granted("read", "run");
const FOLDER = fileURLToPath(new URL("../../../../notebooks", import.meta.url));

/** A text, and the offset of the cursor "|" in it. */
function at(marked: string): [text: string, offset: number] {
  return [marked.replace("|", ""), marked.indexOf("|")];
}

// One server for all of it: each takes seconds and some 300 MB.
Deno.test({ name: "Types knows the cells that ran", ignore }, async (t) => {
  await using types = Types.start({ folder: FOLDER });
  const complete = async (marked: string) => {
    const [text, offset] = at(marked);
    const { matches, start, end } = await types.complete(text, offset);
    return { texts: matches.map(({ text }) => text), matches, replaced: text.slice(start, end) };
  };
  const inspect = (marked: string, detail: 0 | 1 = 0) => types.inspect(...at(marked), { detail });

  types.ran(
    `import * as figures from "../lib/figures/mod.ts";
import { loadFashionMnist } from "../lib/dataset/mod.ts";
import { fit } from "../lib/training/mod.ts";
import { assertEquals } from "@std/assert";`,
    { cell: "imports" },
  );
  types.ran(`/**
 * Adds {@link count}.
 *
 * @param to Any number.
 * @example
 * add(1);
 */
function add(to: number) { return to + count; }
const count = 1;
const shape = { width: 2, size: 3, get() {} };
shape`);

  await t.step(
    "complete() finds what a local module exports, by a prefix in any case",
    async () => {
      const { texts, replaced } = await complete("figures\n  .BARC|");
      assertEquals([texts, replaced], [["barChart"], "BARC"]);
    },
  );

  await t.step("complete() finds the names of cells before those of the platform", async () => {
    const { texts } = await complete("let coast = 1;\nconst twice = 2 * co|;\ntwice");
    assertEquals(texts.slice(0, 4), ["coast", "count", "CompressionStream", "confirm"]);
  });

  await t.step("complete() finds members, with words for what they are", async () => {
    assertEquals((await complete("if (shape.|")).matches, [
      { text: "get", type: "method" },
      { text: "size", type: "property" },
      { text: "width", type: "property" },
    ]);
  });

  await t.step("complete() offers neither keywords nor anything in text", async () => {
    assertEquals((await complete("whil|")).texts, []);
    assertEquals((await complete("'cou|'")).texts, []);
    assertEquals((await complete("// cou|")).texts, []);
  });

  await t.step("complete() replaces more than a name where that has to be", async () => {
    const cases: [string, string[], string][] = [
      ["declare const maybe: { a?: { b: 1 } };\nmaybe.a.|", ["?.b"], "."],
      ['import {} from "../lib/figu|";', ["../lib/figures"], "../lib/figu"],
      ["({ 'a-b': 1 }).|", ['["a-b"]'], "."],
      ["class A { #x = 1; f() { this.#|", ["#x"], "#"],
    ];
    for (const [marked, texts, replaced] of cases) {
      const completion = await complete(marked);
      assertEquals([completion.texts, completion.replaced], [texts, replaced]);
    }
  });

  await t.step("inspect() describes the name under the cursor or before it", async () => {
    const signature = "```typescript\nfunction add(to: number): number\n```\n";
    for (const marked of ["a|dd", "add|", "|add(1)", "add|(1)"]) {
      assertEquals(
        await inspect(marked),
        `${signature}Adds count.\n\n*@param* \`to\` — Any number.`,
      );
    }
  });

  await t.step("inspect() gives examples if asked for, and no links into files", async () => {
    assertMatch(
      await inspect("add|", 1) ?? "",
      /count\.[^]*\*@example\*\n```typescript\nadd\(1\);/,
    );
    assertMatch(await inspect("fit|", 0) ?? "", /Without an optimizer it is\n`adam` with/);
    assertMatch(await inspect("fit|", 1) ?? "", /\*@example\*[^]*await fit\(model/);
  });

  await t.step("inspect() describes what is called around the cursor", async () => {
    for (
      const marked of [
        "fit(|",
        "fit(|count)",
        "fit(\n  |\n)",
        "fit(1|",
        "const run = await fit(1, 2, |)",
      ]
    ) {
      assertMatch(
        await inspect(marked) ?? "",
        /^```typescript\nfit\(model: .*\n```\nTrains a model/,
      );
    }
  });

  await t.step("inspect() says nothing where nothing is named", async () => {
    for (const marked of ["|", "1 + 1|", "nothing|", "add();\n|"]) {
      assertEquals(await inspect(marked), undefined);
    }
  });

  await t.step("check() finds the type errors of the cell, by line and column from 1", async () => {
    assertEquals(await types.check('add("ä" + "𝄞", 1);\n\n  add("1");\nassertEquals(1)'), [
      { message: "Expected 1 arguments, but got 2.", line: 1, column: 17 },
      {
        message: "Argument of type 'string' is not assignable to parameter of type 'number'.",
        line: 3,
        column: 7,
      },
      { message: "Expected 2-3 arguments, but got 1.", line: 4, column: 1 },
    ]);
  });

  await t.step("check() puts what is missing to the end of the cell", async () => {
    assertEquals(await types.check("\nadd(1"), [{ message: "')' expected.", line: 2, column: 6 }]);
  });

  await t.step("check() finds nothing in what notebooks may do", async () => {
    const cells = [
      "await add(1)",
      "const count = 'another', unused = 1;",
      "import { fit } from '../lib/training/mod.ts'; import type { Figure } from '../lib/figures/mod.ts';",
      "for await (const x of [add(1)]) x; shape",
      "import x from './nowhere.ts'; import y from 'nowhere'; x.y = y",
    ];
    for (const cell of cells) assertEquals(await types.check(cell), []);
  });

  await t.step("A newer declaration counts, from the cell that makes it", async () => {
    assertEquals((await types.check("count.length")).length, 1);
    types.ran("const kept = count;", { cell: "kept" });
    types.ran("const count = 'another';", { cell: "count" });
    assertEquals(await types.check("count.length; kept.toFixed();"), []);
    assertEquals(
      (await types.check("kept.length; count.toFixed();")).map(({ line, column }) => {
        return [line, column];
      }),
      [[1, 6], [1, 20]],
    );
    assertEquals((await complete("coun|")).texts.slice(0, 1), ["count"]);
    assertEquals((await complete("countʹ|")).texts, []);
  });

  await t.step("A cell that runs again replaces what it was", async () => {
    types.ran("const count = [1];", { cell: "count" });
    assertEquals(await types.check("count.map(add);"), []);
    assertEquals((await types.check("const count: string = 1;", { cell: "count" })).length, 1);
    assertEquals(await types.check("add(1)", { cell: "count" }), []);
  });

  await t.step("What is being written stays out of what is checked", async () => {
    const written = complete("const add = `; add.|");
    const checked = types.check("add(1)");
    await written;
    assertEquals(await checked, []);
  });

  await t.step("check() ends with its signal", async () => {
    const stop = new AbortController();
    const checked = types.check("nothing", { signal: stop.signal });
    stop.abort();
    assertEquals(await checked, []);
    assertEquals(await types.check("nothing", { signal: stop.signal }), []);
    assertEquals((await types.check("nothing")).length, 1);
  });

  await t.step("Answers are empty once the server has ended", async () => {
    const asked = types.check("nothing");
    await types[Symbol.asyncDispose]();
    assertEquals(await asked, []);
    types.ran("import 'nowhere';");
    assertEquals(await types.check("nothing"), []);
    assertEquals(await types.complete("co", 2), { matches: [], start: 0, end: 2 });
    assertEquals(await inspect("add|"), undefined);
  });
});

Deno.test({
  name: "Types finds a module that is there since a cell ran, without a deno.json",
  ignore: ignore || !granted("write"),
}, async () => {
  const folder = await Deno.makeTempDir();
  await using types = Types.start({ folder });
  const cell = 'import { late } from "./late.ts";\nlate.missing';
  assertEquals(await types.check(cell), []);
  await Deno.writeTextFile(`${folder}/late.ts`, "export const late = { found: 1 };");
  types.ran("await import('./late.ts')");
  assertEquals(await types.check(cell), [{
    message: "Property 'missing' does not exist on type '{ found: number; }'.",
    line: 2,
    column: 6,
  }]);
  await Deno.remove(folder, { recursive: true });
});
