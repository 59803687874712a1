import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { confusionHeatmap } from "../../lib/figures/mod.ts";
import { boxesOf, textsOf } from "./svg.ts";

const LABELS = ["Bag", "Coat", "Dress"];

Deno.test("confusionHeatmap() names the most frequent mistake, of equal ones the first", () => {
  const cases: [number[][], string][] = [
    [[[9, 1, 0], [0, 9, 7], [7, 0, 9]], "7 images of Coat were taken for Dress."],
    [[[9, 1, 0], [0, 99, 0], [0, 0, 9]], "1 image of Bag was taken for Coat."],
    [[[9, 0, 0], [0, 9, 0], [0, 0, 9]], "There is no mistake."],
  ];
  for (const [matrix, sentence] of cases) {
    const figure = confusionHeatmap(matrix, { labels: LABELS });
    assertStringIncludes(figure.alt, sentence);
    assertStringIncludes(textsOf(figure).map(({ content }) => content).join(" "), sentence);
  }
});

Deno.test("confusionHeatmap() shades a cell by its share of the row, and leaves zeros empty", () => {
  const figure = confusionHeatmap([[0, 0, 0], [2, 6, 0], [25, 0, 75]], { labels: LABELS });
  const cells = boxesOf(figure).filter(({ element }) => element === "rect").slice(1);
  // A row without images is as white as a zero; 2 of 8 is as dark as 25 of 100.
  assertEquals(cells[0].fill, cells[5].fill);
  assertEquals(cells[3].fill, cells[6].fill);
  assertEquals(new Set(cells.map(({ fill }) => fill)).size, 3);
  assertEquals(textsOf(figure, /^\d+$/).map(({ content }) => content), ["2", "6", "25", "75"]);
});

Deno.test("confusionHeatmap() rejects counts that are none, and labels of other classes", () => {
  const bad: [number[][], string][] = [
    [[], "Cannot draw a matrix: the matrix has no cell"],
    [[[1, -1], [0, 1]], "Cannot draw a confusion matrix: row 0, count 1 is -1"],
    [[[1, NaN], [0, 1]], "row 0, count 1 is NaN"],
    [[[1, 0], [0, 1]], "there are 3 labels of rows, expected 2"],
  ];
  for (const [matrix, message] of bad) {
    assertThrows(() => confusionHeatmap(matrix, { labels: LABELS }), RangeError, message);
  }
});
