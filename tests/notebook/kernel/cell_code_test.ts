import { assert, assertEquals, assertThrows } from "@std/assert";
import { granted } from "../../permissions.ts";
import { ReplSession } from "./repl_session.ts";

// TypeScript looks at the environment when it is loaded, the inspector is part of the system.
const ignore = !granted("read", "env", "sys");

const load = () => import("../../../lib/notebook/kernel/cell_code.ts");

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
