import { assert, assertEquals, assertThrows } from "@std/assert";
import { histogram, type HistogramOptions } from "../../lib/figures/mod.ts";
import { attributeOf, elementsOf, parse, textsOf } from "./svg.ts";

const TEXT = { xLabel: "value", yLabel: "pixels", title: "Title", caption: "Caption", alt: "Alt" };

/** The heights of the bars, from the outline of their area, which begins and ends at the axis. */
function heights(...args: Parameters<typeof histogram>): number[] {
  const area = elementsOf(parse(histogram(...args))).find((element) =>
    attributeOf(element, "aria-label") === "area"
  );
  const [path] = [...area?.children ?? []];
  const numbers = (attributeOf(path, "d")?.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const points = Array.from({ length: numbers.length / 2 }, (_, i) => numbers[2 * i + 1]);
  const base = Math.max(...points);
  return points.map((y) => base - y);
}

Deno.test("histogram() draws bars in proportion to the counts", () => {
  const drawn = heights([1, 4, 2], TEXT);
  const tallest = Math.max(...drawn);
  for (const share of [0.25, 0.5, 1]) {
    assert(drawn.some((height) => Math.abs(height / tallest - share) < 0.01), `${drawn}`);
  }
});

Deno.test("histogram() gives every count a height on a logarithmic axis, and zero none", () => {
  for (const least of [1, 7, 10, 1000]) {
    const drawn = new Set(heights([0, least, 40 * least], { ...TEXT, yLog: true }));
    assertEquals(drawn.size, 3, `${least}: ${[...drawn]}`);
  }
  const figure = histogram([1, 1000], { ...TEXT, yLog: true });
  assertEquals(textsOf(figure, /^(1|10|100|1k)$/).length >= 4, true);
});

Deno.test("histogram() begins at start and has bins of a width", () => {
  const figure = histogram([1, 1, 1, 1], { ...TEXT, start: -1, binWidth: 0.5 });
  const ticks = textsOf(figure, /^[−\d.]+$/).map(({ content }) => content);
  assert(ticks.includes("−1.0") && ticks.includes("1.0"), ticks.join());
});

Deno.test("histogram() draws nothing where all counts are zero", () => {
  for (const yLog of [false, true]) {
    assertEquals(new Set(heights([0, -0, 0], { ...TEXT, yLog })).size, 1);
  }
});

Deno.test("histogram() rejects no bins and counts that are none", () => {
  const bad: [number[], Partial<HistogramOptions>, string][] = [
    [[], {}, "Cannot draw a histogram: there is no count, expected at least 1"],
    [[1, -1], {}, "count 1 is -1, expected a finite number of at least 0"],
    [[NaN], {}, "count 0 is NaN"],
    [[1], { binWidth: 0 }, "bin width 0 is 0, expected a finite number above 0"],
    [[1], { start: NaN }, "start 0 is NaN"],
  ];
  for (const [counts, options, message] of bad) {
    assertThrows(() => histogram(counts, { ...TEXT, ...options }), RangeError, message);
  }
});
