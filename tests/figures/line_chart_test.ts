import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { lineChart, type LineChartOptions, type Series } from "../../lib/figures/mod.ts";
import { boxesOf, overlap, textsOf } from "./svg.ts";

const TEXT = { xLabel: "x", yLabel: "y", title: "Title", caption: "Caption", alt: "Alt" };
const line = (name: string, ...ys: number[]): Series => ({
  name,
  points: ys.map((y, i) => ({ x: i + 1, y })),
});

Deno.test("lineChart()'s names do not overlap, stay in the lines' order and inside", () => {
  const cases: [string, Series[], Partial<LineChartOptions>][] = [
    ["all ends alike", ["a", "b", "c", "d"].map((name) => line(`name ${name}`, 1, 2)), {}],
    ["all at the top", [1, 2, 3, 4].map((n) => line(`name ${n}`, 0, 9.9 + n / 100)), {
      yDomain: [0, 10],
    }],
    ["all at the bottom", [1, 2, 3, 4].map((n) => line(`name ${n}`, 5, n / 100)), {
      yDomain: [0, 10],
    }],
    ["no range at all", [line("name a", 0.5), line("name b", 0.5)], {}],
    ["logarithmic", [1, 2, 3].map((n) => line(`name ${n}`, 1e-3, 100 + n)), { yLog: true }],
  ];
  for (const [what, series, options] of cases) {
    const figure = lineChart(series, { ...TEXT, ...options });
    const names = textsOf(figure, /^name/).sort((a, b) => a.top - b.top);
    assertEquals(names.length, series.length, what);
    for (const [i, name] of names.entries()) {
      assert(name.top > 40 && name.bottom < figure.height - 50, `${what}: ${name.content}`);
      assert(name.right <= figure.width);
      for (const other of names.slice(i + 1)) assert(!overlap(name, other), what);
    }
    const ends = series.toSorted((a, b) => (b.points.at(-1)?.y ?? 0) - (a.points.at(-1)?.y ?? 0));
    assertEquals(names.map(({ content }) => content), ends.map(({ name }) => name), what);
  }
});

Deno.test("lineChart() leaves a name at its line's end where there is room", () => {
  const figure = lineChart([line("low", 0, 1), line("high", 0, 9)], TEXT);
  const dots = boxesOf(figure).filter(({ element }) => element === "circle");
  for (const [name, dot] of [["low", dots[1]], ["high", dots[3]]] as const) {
    const [label] = textsOf(figure, name);
    assertAlmostEquals((label.top + label.bottom) / 2, (dot.top + dot.bottom) / 2, 2.5);
    assert(label.left > dot.right);
    assertEquals(label.fill, dot.fill);
  }
});

Deno.test("lineChart() names a line only where there are others", () => {
  assertEquals(textsOf(lineChart([line("alone", 1, 2)], TEXT), "alone"), []);
});

Deno.test("lineChart() draws a single point, in the middle", () => {
  for (const options of [{}, { xLog: true, yLog: true }]) {
    const figure = lineChart([line("alone", 3)], { ...TEXT, ...options });
    const [dot] = boxesOf(figure).filter(({ element }) => element === "circle");
    assertAlmostEquals((dot.left + dot.right) / 2, (20 + 60 + 740 - 16) / 2, 2);
    assert(textsOf(figure, /^[\d.]+$/).length > 4, "the axes have no scale");
  }
});

Deno.test("lineChart() rejects what cannot be drawn", () => {
  const two = line("two", 1, 2);
  const bad: [Series[], Partial<LineChartOptions>, string][] = [
    [[], {}, "Cannot draw lines: there is no x, expected at least 1"],
    [[line("empty")], {}, "there is no x"],
    [[line("nan", 1, NaN)], {}, "y 1 is NaN, expected a finite number"],
    [[line("infinite", -Infinity)], {}, "y 0 is -Infinity"],
    [[{ name: "x", points: [{ x: NaN, y: 1 }] }], {}, "x 0 is NaN"],
    [[{ name: "low", points: [{ x: 1, y: 1, low: NaN, high: 2 }] }], {}, "y 1 is NaN"],
    [[line("zero", 0, 1)], { yLog: true }, "y 0 is 0, expected a finite number above 0"],
    [[{ name: "-0", points: [{ x: -0, y: 1 }] }], { xLog: true }, "x 0 is 0"],
    [[two], { xDomain: [0, 1] }, "x 1 is 2, expected 0 to 1"],
    [[two], { yDomain: [2, 0] }, "the y axis goes from 2 to 0, expected to a greater number"],
    [[two], { xDomain: [0, NaN] }, "end of the x axis, 1 is NaN"],
    [[two, two], {}, 'series "two" stands twice, expected once'],
    [[two], { highlight: 7 }, "highlight is 7, expected a point's x"],
    [["a", "b", "c", "d", "e"].map((name) => line(name, 1, 2)), {}, "there are 5 series"],
  ];
  for (const [series, options, message] of bad) {
    assertThrows(() => lineChart(series, { ...TEXT, ...options }), RangeError, message);
  }
});
