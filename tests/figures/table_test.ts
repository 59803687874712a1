import { assertEquals, assertThrows } from "@std/assert";
import { type Cell, DISPLAY, table } from "../../lib/figures/mod.ts";

const lines = (...args: Parameters<typeof table>) => table(...args).markdown.split("\n");

Deno.test("table() escapes pipes and line breaks, in names too", () => {
  assertEquals(lines([{ "a|b": "c|d", e: "f\ng\r\nh\ri" }]), [
    "| a\\|b | e |",
    "| :-- | :-- |",
    "| c\\|d | f g h i |",
  ]);
});

Deno.test("table() escapes a pipe behind backslashes, and leaves other backslashes", () => {
  const cells = ["\\|", "\\\\|", "\\*", "||"].map((cell) => lines([{ a: cell }])[2]);
  assertEquals(cells, ["| \\\\\\| |", "| \\\\\\\\\\| |", "| \\* |", "| \\|\\| |"]);
});

Deno.test("table() writes numbers with commas, true minus signs and three decimals", () => {
  const cell = (value: Cell) => lines([{ a: value }])[2];
  assertEquals(cell(1234567), "| 1,234,567 |");
  assertEquals(cell(-1234.56789), "| −1,234.568 |");
  assertEquals(cell(-0), "| 0 |");
  assertEquals(cell(-0.0001), "| 0 |");
  assertEquals(cell(null), "|  |");
});

Deno.test("table() sets columns of numbers to the right", () => {
  const right = (...cells: Cell[]) => lines(cells.map((a) => ({ a })))[1] === "| --: |";
  for (
    const cells of [[1, -2], ["90.5 ± 0.4", "-"], ["−3", null], ["± 2"], ["-5 %", "1,000"], [
      "89.93 to 91.08",
      "-",
    ]]
  ) {
    assertEquals(right(...cells), true, cells.join());
  }
  for (const cells of [["a", 1], ["", 1], ["not measured", "90.5"], ["-a"], ["—"]]) {
    assertEquals(right(...cells), false, cells.join());
  }
});

Deno.test("table() keeps the first row's order of columns, and a caption below", () => {
  assertEquals(lines([{ a: 1, b: "x" }, { b: "y", a: 2 }], { caption: "Caption" }), [
    "| a | b |",
    "| --: | :-- |",
    "| 1 | x |",
    "| 2 | y |",
    "",
    "Caption",
  ]);
});

Deno.test("table() shows itself as Markdown, and as text where that cannot be shown", () => {
  const made = table([{ a: 1 }]);
  assertEquals(made[DISPLAY](), { "text/markdown": made.markdown, "text/plain": made.markdown });
});

Deno.test("table() rejects no rows, numbers that are none and rows of other columns", () => {
  const message = "Cannot make a table: it has no cell, expected at least 1";
  assertThrows(() => table([]), RangeError, message);
  assertThrows(() => table([{}, {}]), RangeError, message);
  for (const value of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => table([{ a: 1 }, { a: value }]),
      RangeError,
      `Cannot make a table: "a" of row 1 is ${value}, expected a finite number`,
    );
  }
  const first = { a: 1, b: 2 };
  const others: Record<string, Cell>[] = [{ a: 1 }, { a: 1, b: 2, c: 3 }, { a: 1, c: 2 }];
  for (const row of others) {
    assertThrows(() => table([first, row]), TypeError, "row 1 has the columns a");
  }
});
