import { assertEquals } from "@std/assert";
import {
  missesModules,
  positionOf,
  readCompletion,
  readFaults,
  readHover,
  readSignature,
} from "../../../../lib/notebook/kernel/types/language_answers.ts";

const CELLS = { code: "export {};\n;\na\r\nbc\n;\n", text: "a\r\nbc", line: 2 };

/** A diagnostic as the server gives it, at a place in the module. */
function diagnostic(line: number, character: number, other: Record<string, unknown> = {}) {
  const start = { line, character };
  return { range: { start }, severity: 1, source: "deno-ts", code: 2322, message: "m", ...other };
}

Deno.test("positionOf() counts the lines before the cell and UTF-16 code units", () => {
  assertEquals([0, 1, 3, 5].map((offset) => positionOf(offset, CELLS)), [
    { line: 2, character: 0 },
    { line: 2, character: 1 },
    { line: 3, character: 0 },
    { line: 3, character: 2 },
  ]);
});

Deno.test("readFaults() takes errors of types in the cell, and puts later ones to its end", () => {
  const items = [diagnostic(1, 0), diagnostic(3, 1), diagnostic(4, 0)];
  assertEquals(readFaults({ items }, CELLS), [
    { message: "m", line: 2, column: 2 },
    { message: "m", line: 2, column: 3 },
  ]);
});

Deno.test("readFaults() takes no hints, none of Deno's, and none that modules alone have", () => {
  const others: Record<string, unknown>[] = [
    { severity: 2 },
    { source: "deno", code: "no-local" },
    { message: undefined },
    ...[2307, 7016, 6133, 6192, 7022].map((code) => ({ code })),
  ];
  const items = others.map((other) => diagnostic(2, 0, other));
  assertEquals(readFaults({ items }, CELLS), []);
});

Deno.test("missesModules() is of Deno's errors alone", () => {
  assertEquals(missesModules({ items: [diagnostic(0, 0, { source: "deno" })] }), true);
  assertEquals(missesModules({ items: [diagnostic(0, 0)] }), false);
  assertEquals(
    missesModules({ items: [diagnostic(0, 0, { source: "deno", severity: 4 })] }),
    false,
  );
});

Deno.test("readCompletion() orders by the server's order, then by name in any case", () => {
  const items = [
    { label: "bd", sortText: "15" },
    { label: "Bc", sortText: "11", kind: 7 },
    { label: "bb?", insertText: "bb", sortText: "11", kind: 5 },
    { label: "bʹ1", sortText: "11" },
    { label: "b", kind: 14 },
    { label: "a", sortText: "11" },
  ];
  const expected = {
    matches: [
      { text: "bb", type: "property" },
      { text: "Bc", type: "class" },
      { text: "bd", type: "" },
    ],
    start: 3,
    end: 4,
  };
  assertEquals(readCompletion({ items }, 4, CELLS), expected);
  assertEquals(readCompletion(items, 4, CELLS), expected);
});

Deno.test("What is no answer is read as an empty one", () => {
  for (const answer of [undefined, null, 1, "text", [], {}, { items: 1 }, { items: [1, {}] }]) {
    assertEquals(readCompletion(answer, 4, CELLS), { matches: [], start: 3, end: 4 });
    assertEquals(readFaults(answer, CELLS), []);
    assertEquals(missesModules(answer), false);
    assertEquals(readHover(answer), undefined);
    assertEquals(readSignature(answer), undefined);
  }
});
