import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Runs, runsChart } from "../../lib/figures/mod.ts";
import { boxesOf, textsOf } from "./svg.ts";

const TEXT = { title: "Title", caption: "Caption", alt: "Alt" };
const RUNS: Runs[] = [
  { name: "neighbours", accuracies: [0.85], interval: [0.84, 0.86] },
  { name: "network", accuracies: [0.9, 0.92, 0.94], interval: [0.91, 0.93] },
];

/** Figure pixels of an accuracy, by two ticks of the axis. */
function positionOf(share: number): number {
  const ticks = textsOf(runsChart(RUNS, TEXT), /^\d\d$/);
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  const middle = ({ left, right }: { left: number; right: number }) => (left + right) / 2;
  const [low, high] = [first, last].map(({ content }) => Number(content) / 100);
  return middle(first) + (share - low) / (high - low) * (middle(last) - middle(first));
}

Deno.test("runsChart() has a dot at each run and a bar as long as each interval", () => {
  const boxes = boxesOf(runsChart(RUNS, TEXT));
  const dots = boxes.filter(({ element }) => element === "circle");
  const shares = RUNS.flatMap(({ accuracies }) => accuracies);
  assertEquals(dots.length, shares.length);
  dots.forEach(({ left, right }, i) =>
    assertAlmostEquals((left + right) / 2, positionOf(shares[i]), 1)
  );
  const bars = boxes.filter(({ element, top, bottom }) =>
    element === "rect" && bottom - top > 10 && bottom - top < 40
  );
  assertEquals(bars.length, RUNS.length);
  bars.forEach(({ left, right }, i) => {
    assertAlmostEquals(left, positionOf(RUNS[i].interval[0]), 1);
    assertAlmostEquals(right, positionOf(RUNS[i].interval[1]), 1);
  });
});

Deno.test("runsChart()'s ticks tell runs apart that lie close together", () => {
  const close: Runs = { name: "one", accuracies: [0.95], interval: [0.949, 0.951] };
  const ticks = textsOf(runsChart([close], TEXT), /^\d\d(\.\d+)?$/).map(({ content }) => content);
  assert(ticks.length > 3);
  assertEquals(new Set(ticks).size, ticks.length);
});

Deno.test("runsChart() rejects nothing, the same twice, no runs and what is no share", () => {
  const [one] = RUNS;
  const bad: [Runs[], string][] = [
    [[], "Cannot draw runs: the number of classifiers is 0"],
    [[one, one], 'classifier "neighbours" stands twice'],
    [[{ ...one, accuracies: [] }], 'there is no run of "neighbours"'],
    [[{ ...one, accuracies: [85] }], 'run of "neighbours", 0 is 85, expected 0 to 1'],
    [[{ ...one, accuracies: [NaN] }], 'run of "neighbours", 0 is NaN'],
    [[{ ...one, interval: [-0.1, 1] }], 'end of the interval of "neighbours", 0 is -0.1'],
  ];
  for (const [classifiers, message] of bad) {
    assertThrows(() => runsChart(classifiers, TEXT), RangeError, message);
  }
});
