import { assert, assertEquals, assertThrows } from "@std/assert";
import { heatmap } from "../../lib/figures/mod.ts";
import { contrast } from "./color.ts";
import { boxesOf, textsOf } from "./svg.ts";

const TEXT = { rowLabel: "row", columnLabel: "column", title: "Title", caption: "", alt: "Alt" };
const shade = (value: number) => value;

Deno.test("heatmap()'s numbers are legible on every shade", () => {
  const shades = Array.from({ length: 101 }, (_, i) => i / 100);
  for (const value of shades) {
    const figure = heatmap([[value]], { ...TEXT, rows: ["r"], columns: ["c"], shade });
    const cell = boxesOf(figure).filter(({ element }) => element === "rect")[1];
    const [number] = textsOf(figure, String(value));
    const ratio = contrast(number.fill, cell.fill);
    assert(ratio >= 4.5, `${value}: ${number.fill} on ${cell.fill} has ${ratio.toFixed(2)}`);
  }
});

Deno.test("heatmap() writes each number in its own cell", () => {
  const matrix = [[1, 2, 3], [4, 5, 6]];
  const figure = heatmap(matrix, {
    ...TEXT,
    rows: ["a", "b"],
    columns: ["x", "y", "z"],
    shade: (value) => value / 6,
    format: (value, row, column) => `${value}@${row}${column}`,
  });
  const cells = boxesOf(figure).filter(({ element }) => element === "rect").slice(1);
  const numbers = textsOf(figure, /@/);
  assertEquals(numbers.map(({ content }) => content), [
    "1@00",
    "2@01",
    "3@02",
    "4@10",
    "5@11",
    "6@12",
  ]);
  numbers.forEach((number, i) => {
    assert(number.left > cells[i].left && number.right < cells[i].right);
    assert(number.top > cells[i].top && number.bottom < cells[i].bottom);
  });
});

Deno.test("heatmap() rejects matrices, labels and shades that do not fit", () => {
  const bad: [number[][], string[], string[], string][] = [
    [[], [], [], "Cannot draw a matrix: the matrix has no cell, expected at least 1"],
    [[[]], ["r"], [], "the matrix has no cell"],
    [[[1, 2], [3]], ["r", "s"], ["c", "d"], "there are 1 cells in row 1 of the matrix, expected 2"],
    [[[NaN]], ["r"], ["c"], "row 0 of the matrix, cell 0 is NaN"],
    [[[1]], ["r", "s"], ["c"], "there are 2 labels of rows, expected 1"],
    [[[1]], ["r"], [], "there are 0 labels of columns, expected 1"],
    [[[1, 2]], ["r"], ["c", "c"], 'label "c" stands twice'],
  ];
  for (const [matrix, rows, columns, message] of bad) {
    assertThrows(() => heatmap(matrix, { ...TEXT, rows, columns, shade }), RangeError, message);
  }
  assertThrows(
    () => heatmap([[1]], { ...TEXT, rows: ["r"], columns: ["c"], shade: () => 0 / 0 }),
    RangeError,
    "shade of cell 0 is NaN",
  );
});
