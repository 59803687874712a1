import { assert, assertEquals, assertThrows } from "@std/assert";
import { accuracyChart, type AccuracyPoint } from "../../lib/figures/mod.ts";
import { boxesOf, overlap, textsOf } from "./svg.ts";

const TEXT = { xLabel: "parameters", title: "Title", caption: "Caption", alt: "Alt" };
const POINT: AccuracyPoint = { name: "one", x: 1e5, accuracy: 0.9, measured: true };

/** Twenty classifiers that cost and achieve nearly the same. */
const CROWD = Array.from({ length: 20 }, (_, i): AccuracyPoint => ({
  name: `classifier number ${i}`,
  x: 1e6 * 1.05 ** (i % 5),
  accuracy: 0.95 + 0.0004 * i,
  interval: i % 2 === 0 ? [0.945, 0.958] : undefined,
  measured: i % 2 === 0,
}));

Deno.test("accuracyChart()'s names overlap neither each other nor the axis, and stay inside", () => {
  const figure = accuracyChart(CROWD, TEXT);
  const names = textsOf(figure, /^classifier/);
  assertEquals(names.length, 20);
  names.forEach((a, i) => {
    for (const b of names.slice(i + 1)) {
      assert(!overlap(a, b), `${a.content} and ${b.content} overlap`);
    }
    for (const tick of textsOf(figure, /%$|^parameters$|M$/)) assert(!overlap(a, tick));
    assert(a.left >= 0 && a.right <= figure.width);
  });
});

Deno.test("accuracyChart() writes a name beside its point, and left of it at the right edge", () => {
  const far = { ...POINT, name: "a rather long name", x: 1e8, accuracy: 0.95, measured: false };
  const figure = accuracyChart([POINT, far], TEXT);
  const [dot] = boxesOf(figure).filter(({ element }) => element === "circle");
  const [near] = textsOf(figure, "one");
  assert(near.left > dot.right && near.left < dot.right + 10);
  assert(Math.abs(near.top + near.bottom - dot.top - dot.bottom) < 5);
  const long = { ...far, name: "a name too long for the margin at the right" };
  assert(textsOf(accuracyChart([POINT, long], TEXT), long.name)[0].right < figure.width);
});

Deno.test("accuracyChart()'s ticks tell accuracies apart that are close together", () => {
  const figure = accuracyChart([POINT, { ...POINT, name: "two", accuracy: 0.904 }], TEXT);
  const ticks = textsOf(figure, /%$/).map(({ content }) => content);
  assert(ticks.length > 3);
  assertEquals(new Set(ticks).size, ticks.length);
});

Deno.test("accuracyChart() speaks of diamonds only where there are some", () => {
  const published = { ...POINT, name: "two", measured: false };
  const caption = (points: AccuracyPoint[]) =>
    textsOf(accuracyChart(points, TEXT), /./).map(({ content }) => content).join(" ");
  assert(caption([POINT, published]).includes("hollow diamonds are what others published."));
  assert(!caption([POINT]).includes("diamond"));
});

Deno.test("accuracyChart() rejects no points, and points that no axis has", () => {
  const bad: [AccuracyPoint[], string][] = [
    [[], "Cannot draw accuracies: there is no x, expected at least 1"],
    [[{ ...POINT, x: 0 }], "x 0 is 0, expected a finite number above 0"],
    [[POINT, { ...POINT, x: NaN }], "x 1 is NaN"],
    [[{ ...POINT, x: Infinity }], "x 0 is Infinity"],
    [[{ ...POINT, accuracy: 90 }], '"one", accuracy 0 is 90, expected 0 to 1'],
    [[{ ...POINT, accuracy: NaN }], '"one", accuracy 0 is NaN'],
    [[{ ...POINT, interval: [-0.1, 1] }], '"one", accuracy 1 is -0.1'],
  ];
  for (const [points, message] of bad) {
    assertThrows(() => accuracyChart(points, TEXT), RangeError, message);
  }
});

Deno.test("accuracyChart() rejects a name for which there is no room", () => {
  assertThrows(
    () => accuracyChart([{ ...POINT, name: "w".repeat(200) }], TEXT),
    RangeError,
    "Cannot place names: there is no room for",
  );
});
