import * as Plot from "@observablehq/plot";
import { extent } from "./checks.ts";
import { Figure, type FigureText } from "./figure.ts";
import { percent } from "./numbers.ts";
import { placeLabels } from "./place_labels.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** One classifier of an {@linkcode accuracyChart}. */
export interface AccuracyPoint {
  readonly name: string;
  /** What it costs: parameters or operations. */
  readonly x: number;
  /** Test accuracy, 0..1. */
  readonly accuracy: number;
  /** The ends of its 95 % interval, where this project measured it. */
  readonly interval?: readonly [low: number, high: number];
  /** Whether this project measured it; what others published is drawn hollow. */
  readonly measured: boolean;
}

const WIDTH = STYLE.width - 2 * STYLE.padding;
const HEIGHT = 420;
const MARGINS = { marginLeft: 60, marginRight: 120, marginTop: 24, marginBottom: 44 };

/**
 * Accuracy against what it costs, on a logarithmic axis; measured and published told apart.
 *
 * @throws {RangeError} If there are no points, an `x` is not above 0, an accuracy or an end of an
 *   interval is not in 0..1, or the names are too many or too long to stand apart.
 */
export function accuracyChart(
  points: readonly AccuracyPoint[],
  { xLabel, title, caption, alt }: { readonly xLabel: string } & FigureText,
): Figure {
  const x = { type: "log", domain: domainX(points) } as const;
  const y = { type: "linear", domain: domainY(points) } as const;
  const places = placeNames(points, { x, y });
  const measured = points.filter((point) => point.measured);
  const published = points.filter((point) => !point.measured);
  const drawing = plot({
    width: WIDTH,
    height: HEIGHT,
    ...MARGINS,
    x: {
      ...x,
      label: xLabel,
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 4,
      tickFormat: "~s",
    },
    y: { ...y, label: "test accuracy", labelArrow: "none", tickFormat: percent, ticks: 7 },
    marks: [
      Plot.gridY({ stroke: STYLE.grid, strokeOpacity: 1, ticks: 7 }),
      Plot.frame({ anchor: "bottom", stroke: STYLE.muted }),
      Plot.ruleX(measured, {
        x: "x",
        y1: ({ interval, accuracy }: AccuracyPoint) => interval?.[0] ?? accuracy,
        y2: ({ interval, accuracy }: AccuracyPoint) => interval?.[1] ?? accuracy,
        stroke: COLORS.blue,
        strokeWidth: 2,
      }),
      Plot.dot(published, {
        x: "x",
        y: "accuracy",
        r: 4.5,
        symbol: "diamond",
        stroke: COLORS.vermilion,
        strokeWidth: 1.8,
      }),
      Plot.dot(measured, { x: "x", y: "accuracy", r: 5, fill: COLORS.blue }),
      ...points.map((point, i) =>
        Plot.text([point], {
          x: "x",
          y: "accuracy",
          text: "name",
          textAnchor: places[i].anchor,
          dx: places[i].dx,
          dy: places[i].dy,
          fill: point.measured ? COLORS.blue : STYLE.ink,
          stroke: STYLE.paper,
          strokeWidth: 4,
          fontWeight: point.measured ? "bold" : "normal",
        })
      ),
    ],
  });
  return new Figure(drawing, {
    title,
    caption: [
      `Blue dots are measured here, with the 95 % interval of one run` +
      (published.length === 0 ? "." : "; hollow diamonds are what others published."),
      caption,
    ].join(" "),
    alt,
  });
}

const ACTION = "draw accuracies";

function domainX(points: readonly AccuracyPoint[]): [number, number] {
  const [low, high] = extent(points.map(({ x }) => x), {
    action: ACTION,
    name: "x",
    positive: true,
  });
  return [low / 1.6, high * 1.6];
}

function domainY(points: readonly AccuracyPoint[]): [number, number] {
  const ends = points.map(({ name, accuracy, interval = [] }) =>
    extent([accuracy, ...interval], {
      action: ACTION,
      name: `"${name}", accuracy`,
      least: 0,
      most: 1,
    })
  );
  return [
    Math.min(...ends.map(([low]) => low)) - 0.006,
    Math.max(...ends.map(([, high]) => high)) + 0.004,
  ];
}

function placeNames(
  points: readonly AccuracyPoint[],
  { x, y }: Record<"x" | "y", { type: "log" | "linear"; domain: [number, number] }>,
) {
  const { marginLeft, marginRight, marginTop, marginBottom } = MARGINS;
  const across = Plot.scale({ x: { ...x, range: [marginLeft, WIDTH - marginRight] } });
  const down = Plot.scale({ y: { ...y, range: [HEIGHT - marginBottom, marginTop] } });
  const named = points.map(({ name, measured, x: cost, accuracy, interval }) => ({
    name,
    bold: measured,
    // From the axis on, which no name shall cross.
    x: across.apply(cost) - marginLeft,
    y: down.apply(accuracy),
    top: down.apply(interval?.[1] ?? accuracy),
    bottom: down.apply(interval?.[0] ?? accuracy),
  }));
  return placeLabels(named, { width: WIDTH - marginLeft, height: HEIGHT - marginBottom });
}
