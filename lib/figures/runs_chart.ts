import * as Plot from "@observablehq/plot";
import { assertDistinct, assertWhole, extent } from "./checks.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** The runs of one classifier. */
export interface Runs {
  readonly name: string;
  /** The test accuracy of each run, 0..1. */
  readonly accuracies: readonly number[];
  /** The 95 % interval of one run around their mean. */
  readonly interval: readonly [low: number, high: number];
}

const ACTION = "draw runs";

/**
 * A line for each classifier: each run as a dot, their mean as a tick, and as a bar the interval
 * that the size of the test set leaves open.
 *
 * @throws {RangeError} If there is no classifier, two have one name, one has no runs, or an
 *   accuracy or an end of an interval is not in 0..1.
 */
export function runsChart(
  classifiers: readonly Runs[],
  { title, caption, alt }: FigureText,
): Figure {
  assertRuns(classifiers);
  const names = classifiers.map(({ name }) => name);
  const dots = classifiers.flatMap(({ name, accuracies }) =>
    accuracies.map((accuracy) => ({ name, accuracy }))
  );
  const bars = classifiers.map(({ name, interval: [low, high], accuracies }) => {
    const mean = accuracies.reduce((sum, accuracy) => sum + accuracy) / accuracies.length;
    return { name, low, high, mean };
  });
  const drawing = plot({
    height: names.length * 44 + 60,
    marginTop: 4,
    marginLeft: Math.max(...names.map((name) => textWidth(name, { size: STYLE.textSize }))) + 16,
    x: {
      label: "test accuracy, %",
      labelArrow: "none",
      labelAnchor: "center",
      tickFormat: (share: number) => String(Number((100 * share).toFixed(4))),
      nice: true,
      ticks: 8,
    },
    y: { label: null, domain: names, padding: 0.5, tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: STYLE.grid, strokeOpacity: 1, ticks: 8 }),
      Plot.barX(bars, { x1: "low", x2: "high", y: "name", fill: COLORS.blue, fillOpacity: 0.22 }),
      Plot.tickX(bars, { x: "mean", y: "name", stroke: STYLE.ink, strokeWidth: 2 }),
      Plot.dot(dots, { x: "accuracy", y: "name", r: 3.5, fill: COLORS.blue, fillOpacity: 0.8 }),
    ],
  });
  return new Figure(drawing, { title, caption, alt });
}

function assertRuns(classifiers: readonly Runs[]): void {
  assertWhole(classifiers.length, { action: ACTION, name: "the number of classifiers" });
  assertDistinct(classifiers.map(({ name }) => name), { action: ACTION, name: "classifier" });
  for (const { name, accuracies, interval } of classifiers) {
    const share = { action: ACTION, least: 0, most: 1 };
    extent(accuracies, { ...share, name: `run of "${name}",` });
    extent(interval, { ...share, name: `end of the interval of "${name}",` });
  }
}
