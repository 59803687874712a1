import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { poolingDiagram, type PoolingDiagramOptions } from "../../lib/figures/mod.ts";
import { attributeOf, boxesOf, elementsOf, parse, textsOf } from "./svg.ts";

const IMAGE = [[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, -3, 4]];
const OPTIONS: PoolingDiagramOptions = {
  output: [[6, 8], [3, 4]],
  poolSize: 2,
  stride: 2,
  title: "Title",
};

const bold = (...args: Parameters<typeof poolingDiagram>) =>
  elementsOf(parse(poolingDiagram(...args))).filter((element) =>
    attributeOf(element, "font-weight") === "700" && /^[−\d.]+$/.test(element.textContent ?? "")
  ).map(({ textContent }) => textContent);

Deno.test("poolingDiagram() sets the greatest value of each region in bold, and the result", () => {
  assertEquals(bold(IMAGE, OPTIONS), ["6", "8", "3", "4", "6", "8", "3", "4"]);
  const { alt } = poolingDiagram(IMAGE, OPTIONS);
  assertStringIncludes(alt, "A 4 by 4 image becomes 2 by 2: 6, 8; 3, 4.");
});

Deno.test("poolingDiagram() gives a region and its cell of the result one tint of their own", () => {
  const [, ...cells] = boxesOf(poolingDiagram(IMAGE, OPTIONS))
    .filter(({ element }) => element === "rect").map(({ fill }) => fill);
  const result = cells.slice(16);
  assertEquals(new Set(result).size, 4);
  const regions = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3];
  assertEquals(cells.slice(0, 16), regions.map((region) => result[region]));
});

Deno.test("poolingDiagram() explains one of several regions that overlap", () => {
  const output = [[6, 7, 8], [6, 7, 8], [3, 2, 4]];
  const options = { ...OPTIONS, output, stride: 1, position: [0, 1] } as const;
  assertEquals(bold(IMAGE, options), ["7"]);
  const frames = boxesOf(poolingDiagram(IMAGE, options)).filter(({ fill }) => fill === "none");
  assertEquals(frames.map(({ left, right }) => right - left), [64, 32]);
});

Deno.test("poolingDiagram() takes float32's rounding for the same number", () => {
  const figure = poolingDiagram([[0.1, -0.7]], {
    ...OPTIONS,
    output: [[Math.fround(0.1), Math.fround(-0.7)]],
    poolSize: 1,
    stride: 1,
  });
  assertEquals(textsOf(figure, "0.1").length, 2);
  assert(textsOf(figure, "−0.7").length === 2);
});

Deno.test("poolingDiagram() rejects what is no pooling", () => {
  const bad: [number[][], Partial<PoolingDiagramOptions>, string][] = [
    [[], {}, "Cannot draw a pooling: the image has no cell, expected at least 1"],
    [[[1, 2], [3]], {}, "there are 1 cells in row 1 of the image, expected 2"],
    [IMAGE, { output: [] }, "the result has no cell"],
    [IMAGE, { output: [[6, 8]] }, "the result has 1 x 2 cells, expected 2 x 2 places"],
    [IMAGE, { output: [[6, 8], [3, NaN]] }, "row 1 of the result, cell 1 is NaN"],
    [IMAGE, { output: [[6, 8], [3, 3]] }, "the result is 3, expected a region's greatest value, 4"],
    [IMAGE, { poolSize: 0 }, "poolSize is 0, expected a whole number of at least 1"],
    [IMAGE, { poolSize: NaN }, "poolSize is NaN"],
    [IMAGE, { stride: 0 }, "stride is 0, expected a whole number of at least 1"],
    [IMAGE, { position: [0, 2] }, "position is [0, 2], the result has 2 x 2 cells"],
    [
      [[1, 2, 3]],
      { output: [[1, 2, 3]], poolSize: 1, position: [1, 0], stride: 1 },
      "position is [1, 0]",
    ],
    [
      [[1, 2], [3, 4], [5, 6]],
      { output: [[4], [6]], stride: 1 },
      "regions of 2 overlap at a stride of 1, expected a position",
    ],
  ];
  for (const [image, options, message] of bad) {
    assertThrows(() => poolingDiagram(image, { ...OPTIONS, ...options }), RangeError, message);
  }
});
