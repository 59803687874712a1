import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Bar, barChart, type BarChartOptions } from "../../lib/figures/mod.ts";
import { COLORS } from "../../lib/figures/style.ts";
import { boxesOf, textsOf } from "./svg.ts";

const TEXT = { valueLabel: "images", title: "Title", caption: "Caption", alt: "Alt" };
const BARS = [{ label: "a", value: 1000 }, { label: "b", value: 250, highlight: true }];

/** The bars' rectangles, without the paper. */
const bars = (...args: Parameters<typeof barChart>) =>
  boxesOf(barChart(...args)).filter(({ element }) => element === "rect").slice(1);

Deno.test("barChart() draws bars in proportion, names them and writes their values", () => {
  const [a, b] = bars(BARS, TEXT);
  assertAlmostEquals((b.right - b.left) / (a.right - a.left), 0.25, 1e-9);
  assertEquals([a.fill, b.fill], [COLORS.blue, COLORS.vermilion]);
  const figure = barChart(BARS, TEXT);
  const [value] = textsOf(figure, "250");
  assert(value.left > b.right && value.left < b.right + 10);
  assertEquals(textsOf(figure, /^(a|b)$/).length, 2);
});

Deno.test("barChart() begins at the domain's start", () => {
  const options = { ...TEXT, domain: [200, 1000] as const };
  const [a, b] = bars(BARS, options);
  assertAlmostEquals((b.right - b.left) / (a.right - a.left), 50 / 800, 1e-9);
});

Deno.test("barChart() draws zeros as nothing", () => {
  const [a] = bars([{ label: "a", value: 0 }, { label: "b", value: -0 }], TEXT);
  assertEquals(a.right - a.left, 0);
});

Deno.test("barChart() rejects no bars, two of one label and values that are not on the axis", () => {
  const bad: [Bar[], Partial<BarChartOptions>, string][] = [
    [[], {}, "Cannot draw bars: there is no value, expected at least 1"],
    [[BARS[0], BARS[0]], {}, 'label "a" stands twice'],
    [[{ label: "a", value: NaN }], {}, "value 0 is NaN"],
    [[{ label: "a", value: Infinity }], {}, "value 0 is Infinity"],
    [[{ label: "a", value: -1 }], {}, "value 0 is -1, expected a finite number of at least 0"],
    [[{ label: "a", value: 2 }], { domain: [0, 1] }, "value 0 is 2, expected 0 to 1"],
    [BARS, { domain: [1, 1] }, "the axis goes from 1 to 1, expected to a greater number"],
    [BARS, { domain: [0, NaN] }, "the axis goes from 0 to NaN"],
  ];
  for (const [rows, options, message] of bad) {
    assertThrows(() => barChart(rows, { ...TEXT, ...options }), RangeError, message);
  }
});
