import { assert, assertEquals, assertThrows } from "@std/assert";
import { granted } from "../../../permissions.ts";
import { ReplSession } from "./repl_session.ts";

// TypeScript looks at the environment when it is loaded, the inspector is part of the system.
const ignore = !granted("env", "sys");

const load = () => import("../../../../lib/notebook/kernel/code/cell_code.ts");

/** A specifier of a module with this text. */
const moduleOf = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;

const EXPORTS = moduleOf("export const a = 1, b = 2; export default 3; export { a as 'a-b' }");

/** Cells with what they come to: a value, or the first line of an error. */
const CELLS: [name: string, cells: string[], value: unknown][] = [
  ["an empty cell", [""], undefined],
  ["comments alone", ["// a\n/* b */"], undefined],
  ["a first line for the shell", ["#!/usr/bin/env deno\n1 + 1"], 2],
  ["a text, which is no directive", ["'use nothing'"], "use nothing"],
  ["a directive", ["'use strict'; 4"], 4],
  ["strict mode", ["undeclared = 1"], "ReferenceError: undeclared is not defined"],
  ["an object", ["{ a: 1 }"], { a: 1 }],
  ["an object after a comment", ["// {\n /* { */ { a: 1, b: [await 2] } // end"], { a: 1, b: [2] }],
  ["a brace in a comment", ["// {\nfunction commented() { return 1 }", "commented()"], 1],
  ["a ruler", [`${"/".repeat(200)}\n1`], 1],
  ["an empty object", ["{}"], {}],
  ["a block, by its semicolon", ["{ a: 1 };"], 1],
  ["a block, by a declaration", ["{ let inner = 2; inner }"], 2],
  ["a block, by a call", ["{ String(3) }"], "3"],
  ["a block, by an assignment", ["let assigned; { assigned = 4 }"], 4],
  ["a block of an assignment alone", ["var shorthand;", "{ shorthand = 4 }"], 4],
  ["two objects, which are none", ["{ a: 1 }\n{ b: 2 }"], 2],
  ["types", ["type T = number; interface I { t: T }\nconst t: I = { t: 1 }; t satisfies I"], {
    t: 1,
  }],
  ["generics", ["const same = <T>(x: T) => x; same<number>(5) as number"], 5],
  ["a type assertion", ["<number> 6"], 6],
  ["overloads", [
    "function over(a: number): number; function over(a: string): string;\n" +
    "function over(a: any) { return a }\nover(7)",
  ], 7],
  ["a named import", [`import { a, b as c } from "${EXPORTS}"; [a, c]`], [1, 2]],
  ["a default import", [`import d from "${EXPORTS}"; d`], 3],
  ["a namespace import", [`import * as ns from "${EXPORTS}"; ns.b`], 2],
  ["default and namespace", [`import d, * as ns from "${EXPORTS}"; [d, ns.a]`], [3, 1]],
  ["default and names", [`import d, { a } from "${EXPORTS}"; [d, a]`], [3, 1]],
  ["a quoted name", [`import { "a-b" as quoted } from "${EXPORTS}"; quoted`], 1],
  ["an import alone", [`import { a } from "${EXPORTS}"`], undefined],
  ["an import of another cell", [`import { a as early } from "${EXPORTS}"`, "early"], 1],
  [
    "an import again",
    [`import { a } from "${EXPORTS}"`, `import { b as a } from "${EXPORTS}"; a`],
    2,
  ],
  ["an import that becomes a constant", [`import { a } from "${EXPORTS}"`, "const a = 9; a"], 9],
  ["an import for its effect", [`import "${moduleOf("globalThis.effect = 8")}"`], undefined],
  ["an import below its use", [`const below = a;\nimport { a } from "${EXPORTS}"; below`], 1],
  [
    "imports in their order",
    [`import "${moduleOf("globalThis.order = 1")}"; import "${
      moduleOf("globalThis.order += 1")
    }"; globalThis.order`],
    2,
  ],
  [
    "attributes",
    ['import json from "data:application/json,[1]" with { type: "json" }; json'],
    [1],
  ],
  ["an import of a type", [`import type { T } from "no:module"; let u: T = 1; u`], 1],
  ["an import of types", [`import { type T, type U } from "no:module"; let v: T | U = 1; v`], 1],
  ["a name used as a type", [`import { a, Only } from "${EXPORTS}"; let w: Only = a; w`], 1],
  [
    "a missing export",
    [`import { a, nothing } from "${moduleOf("export const a = 1")}"`],
    `SyntaxError: The module "${moduleOf("export const a = 1")}" has no export "nothing"`,
  ],
  [
    "a missing default",
    [`import d from "${moduleOf("")}"`],
    `SyntaxError: The module "${moduleOf("")}" has no export "default"`,
  ],
  ["a dynamic import", [`(await import("${EXPORTS}")).a`], 1],
  ["a constant again", ["const again = 1", "const again = 2; again"], 2],
  ["constants taken apart", [
    "const { p = 1, ...q } = { r: 2 }, [s, [t2 = 3]] = [4, []]; [p, q, s, t2]",
  ], [1, { r: 2 }, 4, 3]],
  [
    "a constant that becomes a class",
    ["const turned = 1", "class turned {} turned.name"],
    "turned",
  ],
  ["declarations without value", ["let one, two = 2; [one === undefined, two]"], [true, 2]],
  [
    "a constant without value",
    ["const without"],
    "SyntaxError: Missing initializer in const declaration",
  ],
  ["a function", ["function plain() { return 1 }"], undefined],
  ["a function above its place", ["hoisted(); function hoisted() { return 2 }"], 2],
  ["a function's name", ["function named() {} named.name"], "named"],
  ["a function that replaces itself", [
    "function swap() { swap = () => 2; return 1 } [swap(), swap()]",
  ], [1, 2]],
  ["a function that becomes a constant", ["function turns() {}", "const turns = 2; turns"], 2],
  [
    "a constant that becomes a function",
    ["const back = 1", "function back() { return 2 } back()"],
    2,
  ],
  ["a function twice", ["function twice() { return 1 } function twice() { return 2 } twice()"], 2],
  ["a function and a var", ["function both() {} var both = 3; both"], 3],
  ["a function and a var within another", [
    "function outer1() {} function inner1() { var outer1 = 1 }",
    "const outer1 = 2; outer1",
  ], 2],
  ["an asynchronous function", ["async function later() { return await 4 } await later()"], 4],
  ["a generator", ["function* two() { yield 1; yield 2 } [...two()]"], [1, 2]],
  ["an asynchronous generator", [
    "async function* slow() { yield await 1; yield 2 }\n" +
    "const got = []; for await (const x of slow()) got.push(x); got",
  ], [1, 2]],
  ["a var again", ["var old = 1", "var old; old"], 1],
  ["a class again", ["class C1 { static x = 1 }", "class C1 { static x = 2 } C1.x"], 2],
  ["a class with asynchronous methods", [
    "class C2 { f = async () => await 1; async m() { return await this.f() } " +
    "static async *g() { yield await 2 } } await new C2().m()",
  ], 1],
  ["an enum", ["enum E { A, B }", "[E.B, E[0]]"], [1, "A"]],
  ["an enum again, which is fresh", ["enum F { A }", "enum F { B }\nObject.keys(F)"], ["0", "B"]],
  ["an enum that becomes a constant", ["enum G { A }", "const G = 5; G"], 5],
  ["an enum in two parts", ["enum P { A } enum P { B = 1 } [P.A, P.B]"], [0, 1]],
  ["a constant enum", ["const enum K { A = 3 }", "K.A"], 3],
  ["a namespace", ["namespace N { export const x = 1 }", "N.x"], 1],
  [
    "a namespace again, which is fresh",
    ["namespace M { export const x = 1 }", "namespace M { export const y = 1 }\nObject.keys(M)"],
    ["y"],
  ],
  [
    "a namespace of a function",
    ["function fn() {} namespace fn { export const x = 1 }", "fn.x"],
    1,
  ],
  ["exports", [
    `export const e1 = 1; export function e2() { return 2 } export class e3 {}\n` +
    `export enum e4 { A = 4 } export async function e5() {} export {}; export { e1 as e6 };\n` +
    `export type { T } from "no:module"; export * from "${EXPORTS}";`,
    "[e1, e2(), e3.name, e4.A]",
  ], [1, 2, "e3", 4]],
  ["an exported default", ["export default 1 + 1"], 2],
  ["an exported object", ["export default { a: 1 }"], { a: 1 }],
  ["an exported function", ["export default function () { return 1 }"], {}],
  ["an exported named function", ["export default function main() { return 1 }", "main()"], 1],
  ["an exported class", ["export default class {}"], {}],
  ["an exported named class", ["export default class Main {}", "Main.name"], "Main"],
  ["an exported asynchronous function", [
    "export default async function go() { return 1 } await go()",
  ], 1],
  ["await in brackets", ["await (5)"], 5],
  ["await of a list", ["await [6]"], [6]],
  ["await in a template", ["`${await 1}${`${await 2}`}`"], "12"],
  ["await in a condition", ["if (await true) { await 1 } else { await 2 }"], 1],
  ["await in a loop", ["let sum = 0; for (const x of await [1, 2]) sum += await x; sum"], 3],
  ["await in a class's head", [
    "class H extends (await Object) { [await 'h']() { return 1 } } new H().h()",
  ], 1],
  ["await in texts", ["['await 1', `await 2`, /await 3/.source, /* await 4 */ 5]"], [
    "await 1",
    "await 2",
    "await 3",
    5,
  ]],
  ["a rejection", ["await Promise.reject(new TypeError('no'))"], "TypeError: no"],
  ["a label", ["outer: for (const x of [1, 2]) { for (;;) continue outer }"], undefined],
  ["using", [
    "const ended: string[] = []; const thing = (n: string) => ({ n, [Symbol.dispose]() { ended.push(n) } })",
    "using one1 = thing('a'); await using two2 = thing('b'); const kept = one1.n; kept",
  ], "a"],
  ["what using has ended", ["ended"], ["b", "a"]],
  ["using again", ["using one1 = thing('c'); function usesOne() { return one1.n } usesOne()"], "c"],
  ["decorators", [
    "const seen = []; const note = (_: unknown, { name }: { name: string }) => void seen.push(name);\n" +
    "@note class D { @note m() {} @note accessor x = 1 } new D(); seen",
  ], ["m", "x", "D"]],
  ["lines ended by CRLF", ["const crlf = `a\r\nb`;\r\ncrlf"], "a\nb"],
  ["an astral name in a text", ["'😀'.length"], 2],
  ["parameter properties", ["class PP { constructor(readonly x = 1) {} } new PP().x"], 1],
  ["TSX", ["var React = { createElement: (...all) => all }; <b>hi</b>"], ["b", null, "hi"]],
  ["an object with TSX", ["{ x: <b>hi</b> }"], { x: ["b", null, "hi"] }],
  [
    "a name declared twice",
    ["let dup = 1; let dup = 2"],
    "SyntaxError: Identifier 'dup' has already been declared",
  ],
];

Deno.test({
  name: "compileCell() gives code whose value in V8's REPL mode is the cell's, also once more",
  ignore,
  async fn() {
    const { compileCell } = await load();
    using session = new ReplSession();
    for (const [name, cells, expected] of CELLS) {
      let actual: unknown;
      for (const cell of [...cells, ...cells]) {
        const outcome = await session.run(compileCell(cell));
        actual = "error" in outcome ? outcome.error : outcome.value;
      }
      assertEquals(actual, expected, name);
    }
  },
});

/** Cells with the calls to `$cell` that they make. */
const CALLS: [cell: string, calls: string[]][] = [
  ["await 1; [await 2]", ["race", "race"]],
  ["await (await 1)", ["race", "race"]],
  [`import { a } from "${EXPORTS}"; import * as all from "${EXPORTS}"`, ["race", "named", "race"]],
  ["for await (const x of await [1]) await x", ["race", "each", "race"]],
  ["await (async () => { await 1; for await (const x of [await 2]) await x })()", ["race"]],
  ["await (async function () { await 1 })()", ["race"]],
  [
    "class R1 { async m() { await 1 } f = async () => { await 2 }; static { (async () => { await 3 })() } }",
    [],
  ],
  ["class R2 { async [await 'm'](x = async () => await 1) {} }", ["race"]],
  ["const object = { async m() { await 1 }, [await 'n']: async () => await 2 }; object.m()", [
    "race",
  ]],
  ["await using r3 = { async [Symbol.asyncDispose]() { await 1 } }; 1", ["race"]],
];

Deno.test({
  name: "compileCell() passes what the cell itself awaits to $cell, and nothing of its functions",
  ignore,
  async fn() {
    const { compileCell } = await load();
    using session = new ReplSession();
    for (const [cell, calls] of CALLS) {
      assertEquals(await session.calls(compileCell(cell)), calls, cell);
    }
  },
});

/** Cells that throw, and the places on the way there, the innermost first. */
const THROWN: [name: string, cell: string, places: string[]][] = [
  ["a call", "let ok1 = 1;\n  nothing();", ["2:3"]],
  ["a property", "const none: any = null;\n[none.x, 1, none.y.z]", ["2:7"]],
  [
    "after types",
    "type A = {\n  a: number;\n};\nconst t1: A = { a: 1 }; throw new Error(`${t1}`)",
    ["4:31"],
  ],
  ["a function", "\nfunction fails(a: number) {\n  if (a) throw new Error()\n}\n1 + fails(2)", [
    "3:16",
    "5:5",
  ]],
  ["an arrow", "const arrow = (x: number): number => { throw new Error(`${x}`) };   arrow(1)", [
    "1:46",
    "1:69",
  ]],
  [
    "a method",
    "class T1 {\n  private m() { throw new Error() }\n  n() {\n    this.m();\n  }\n}\nnew T1().n()",
    [
      "2:23",
      "4:10",
      "7:10",
    ],
  ],
  [
    "after an import",
    `import { a } from "${EXPORTS}";\nimport * as b from "${EXPORTS}"; nothing(a, b)`,
    [
      `2:${`import * as b from "${EXPORTS}"; `.length + 1}`,
    ],
  ],
  ["a missing export", `1;\nimport { nothing } from "${EXPORTS}";`, ["2:25"]],
  ["under await", "const z1 = 1; await nothing(z1)", ["1:21"]],
  ["after await", "await 1;\n\tawait nothing()", ["2:8"]],
  [
    "an asynchronous function",
    "async function fails2() { await 1; throw new Error() }\nawait 2; await fails2()",
    [
      "1:42",
      "2:10",
    ],
  ],
  ["astral characters", "const 𝒳 = '😀😀'; 𝒳.nothing()", ["1:23"]],
  ["lines ended by CRLF", "let crlf1 = 1;\r\n\r\n  crlf1.nothing()", ["3:9"]],
  ["an object", "{ a: 1, b: nothing() }", ["1:12"]],
  ["an object on lines", "{ a: 1,\n  b: nothing() }", ["2:6"]],
  ["a block", "{ let q1 = 1; nothing(q1) }", ["1:15"]],
  ["an enum", "enum E1 {\n  A = JSON.parse('}')\n}", ["2:12", "3:2"]],
  ["a namespace", "namespace N1 {\n  export const x = JSON.parse('}')\n}", ["2:25", "3:2"]],
  ["a default", "export default JSON.parse('}')", ["1:21"]],
  ["TSX", "var React = { createElement() {} };\nconst tag1 = <b>{JSON.parse('}')}</b>", ["2:23"]],
  ["using", "using u1 = null;\n  nothing(u1)", ["2:3"]],
  [
    "a decorated class",
    "const d1 = (_: unknown, __: unknown) => {};\n@d1 class D1 { m() { nothing() } }\nnew D1().m()",
    [
      "2:22",
      "3:10",
    ],
  ],
];

Deno.test({
  name: "compileCell() maps the places of an error to the cell's lines and columns",
  ignore,
  async fn() {
    const { compileCell } = await load();
    using session = new ReplSession();
    for (const [name, cell, places] of THROWN) {
      const outcome = await session.run(compileCell(cell));
      assert("error" in outcome, name);
      assertEquals(outcome.places, places, name);
    }
  },
});

Deno.test({
  name: "compileCell() throws each fault of the parser with its place in the cell",
  ignore,
  async fn() {
    const { CellSyntaxError, compileCell } = await load();
    const faultsOf = (cell: string) => {
      const error = assertThrows(() => compileCell(cell), CellSyntaxError);
      return error.faults.map(({ code, line, column, length }) => [code, line, column, length]);
    };
    assertEquals(faultsOf("let a = )"), [[1109, 1, 9, 1]]);
    assertEquals(faultsOf("foo(\n"), [[1005, 2, 1, 0]]);
    assertEquals(faultsOf("'😀' b;\n\r\n  c d"), [[1005, 1, 6, 1], [1434, 3, 3, 1]]);
    assertEquals(faultsOf("{ a: 1, b: }"), [[1005, 1, 10, 1]]);
    assertEquals(faultsOf("#!/bin/sh\n("), [[1109, 2, 2, 0]]);
  },
});

Deno.test({
  name: "CellSyntaxError describes the first fault of each line with a caret under the place",
  ignore,
  async fn() {
    const { CellSyntaxError, compileCell } = await load();
    const error = assertThrows(
      () => compileCell("let a = 1\r\n\tf('😀' word) g h\n)"),
      CellSyntaxError,
      "',' expected.",
    );
    assert(error instanceof SyntaxError);
    assertEquals(error.name, "SyntaxError");
    assertEquals(
      error.description,
      "',' expected.\ncell line 2\n\tf('😀' word) g h\n\t      ^^^^\n" +
        "Declaration or statement expected.\ncell line 3\n)\n^",
    );
  },
});
