import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { convolutionDiagram, type ConvolutionDiagramOptions } from "../../lib/figures/mod.ts";
import { COLORS } from "../../lib/figures/style.ts";
import { boxesOf, textsOf } from "./svg.ts";

const IMAGE = [[1, 2, 3], [4, 5, 6], [7, 8, 9]];
const KERNEL = [[1, -2], [0, 0.5]];
// By hand: 1 - 4 + 2.5, 2 - 6 + 3; 4 - 10 + 4, 5 - 12 + 4.5.
const OUTPUT = [[-0.5, -1], [-2, -2.5]];
const OPTIONS: ConvolutionDiagramOptions = { output: OUTPUT, position: [1, 0], title: "Title" };

Deno.test("convolutionDiagram() writes each product and their sum", () => {
  const figure = convolutionDiagram(IMAGE, KERNEL, OPTIONS);
  const lines = textsOf(figure, /·/).map(({ content }) => content);
  assertEquals(lines, ["4 · 1 + 5 · (−2)", "+ 7 · 0 + 8 · 0.5"]);
  assertEquals(textsOf(figure, "= −2").map(({ fill }) => fill), [COLORS.vermilion]);
  assertStringIncludes(figure.alt, "4 · 1 + 5 · (−2) + 7 · 0 + 8 · 0.5 = −2.");
});

Deno.test("convolutionDiagram() shows the result up to the position, row by row", () => {
  const numbers = textsOf(convolutionDiagram(IMAGE, KERNEL, OPTIONS), /^[−\d.]+$/)
    .map(({ content }) => content);
  const shown = [...IMAGE.flat(), ...["1", "−2", "0", "0.5"], ...["−0.5", "−1", "−2"]].map(String);
  assertEquals(numbers, shown);
});

Deno.test("convolutionDiagram() pads with zeros and moves by the stride", () => {
  const figure = convolutionDiagram(IMAGE, KERNEL, {
    // By hand: 1 / 2 and 3 / 2; -2 * 4 + 7 / 2 and 5 - 2 * 6 + 9 / 2.
    output: [[0.5, 1.5], [-4.5, -2.5]],
    position: [1, 1],
    stride: 2,
    padding: 1,
    title: "Title",
  });
  assertEquals(textsOf(figure, /·/).map(({ content }) => content), [
    "5 · 1 + 6 · (−2)",
    "+ 8 · 0 + 9 · 0.5",
  ]);
  assertEquals(textsOf(figure, "image and a border of zeros").length, 1);
});

Deno.test("convolutionDiagram()'s window and cell are framed where they are", () => {
  const figure = convolutionDiagram(IMAGE, KERNEL, OPTIONS);
  const rects = boxesOf(figure).filter(({ element }) => element === "rect").slice(1);
  const frames = rects.filter(({ fill }) => fill === "none");
  assertEquals(frames.length, 2);
  // The image's cells come first; the window begins in row 1, column 0, and has 2 x 2 cells.
  const [window] = frames;
  assertEquals([window.left, window.top], [rects[3].left, rects[3].top]);
  assertEquals([window.right, window.bottom], [rects[7].right, rects[7].bottom]);
  for (const i of [3, 4, 6, 7]) assert(rects[i].fill !== rects[0].fill);
});

Deno.test("convolutionDiagram() rounds to hundredths and knows no negative zero", () => {
  const figure = convolutionDiagram([[1 / 3, -0]], [[1]], {
    output: [[1 / 3, -0]],
    position: [0, 1],
    title: "Title",
  });
  assertEquals(textsOf(figure, /^[−\d.]+$/).map(({ content }) => content), [
    "0.33",
    "0",
    "1",
    "0.33",
    "0",
  ]);
  assertEquals(textsOf(figure, "= 0").length, 1);
});

Deno.test("convolutionDiagram() rejects what is no convolution", () => {
  const bad: [number[][], number[][], Partial<ConvolutionDiagramOptions>, string][] = [
    [[], KERNEL, {}, "Cannot draw a convolution: the image has no cell, expected at least 1"],
    [[[1, 2], [3]], KERNEL, {}, "there are 1 cells in row 1 of the image, expected 2"],
    [[[1, NaN]], KERNEL, {}, "row 0 of the image, cell 1 is NaN"],
    [IMAGE, [], {}, "the kernel has no cell"],
    [IMAGE, [[1, 2]], {}, "the kernel has 1 x 2 cells, expected a square"],
    [IMAGE, [[Infinity]], {}, "row 0 of the kernel, cell 0 is Infinity"],
    [IMAGE, KERNEL, { output: [] }, "the result has no cell"],
    [IMAGE, KERNEL, { output: [[1]] }, "the result has 1 x 1 cells, expected 2 x 2 places"],
    [[[1]], KERNEL, {}, "the result has 2 x 2 cells, expected 0 x 0 places"],
    [IMAGE, KERNEL, { position: [2, 0] }, "position is [2, 0], the result has 2 x 2 cells"],
    [IMAGE, KERNEL, { position: [0, -1] }, "position is [0, -1]"],
    [IMAGE, KERNEL, { position: [0.5, 0] }, "position is [0.5, 0]"],
    [IMAGE, KERNEL, { stride: 0 }, "stride is 0, expected a whole number of at least 1"],
    [IMAGE, KERNEL, { stride: NaN }, "stride is NaN"],
    [IMAGE, KERNEL, { padding: -1 }, "padding is -1, expected a whole number of at least 0"],
    [IMAGE, KERNEL, { padding: 0.5 }, "padding is 0.5"],
    [
      IMAGE,
      KERNEL,
      { output: [[0, 0], [1, 0]] },
      "the result is 1, expected the products' sum, -2",
    ],
  ];
  for (const [image, kernel, options, message] of bad) {
    assertThrows(
      () => convolutionDiagram(image, kernel, { ...OPTIONS, ...options }),
      RangeError,
      message,
    );
  }
});
