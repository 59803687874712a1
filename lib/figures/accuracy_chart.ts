import * as Plot from "@observablehq/plot";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
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
/** Pixels between a point and its name. */
const LABEL_GAP = 9;
const MARGINS = { marginLeft: 60, marginRight: 120, marginTop: 24, marginBottom: 44 };

/** Accuracy against what it costs, on a logarithmic axis; measured and published told apart. */
export function accuracyChart(
  points: readonly AccuracyPoint[],
  { xLabel, title, caption, alt }: { readonly xLabel: string } & FigureText,
): Figure {
  const x = domainX(points);
  const y = domainY(points);
  const labels = placeLabels(points, { x, y });
  const measured = points.filter((point) => point.measured);
  const published = points.filter((point) => !point.measured);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const drawing = plot({
    width: WIDTH,
    height: HEIGHT,
    ...MARGINS,
    x: {
      type: "log",
      label: xLabel,
      labelArrow: "none",
      labelAnchor: "center",
      domain: x,
      ticks: 4,
      tickFormat: "~s",
    },
    y: { label: "test accuracy", labelArrow: "none", domain: y, tickFormat: percent, ticks: 7 },
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
      ...labels.map(({ x, y, name, anchor, measured }) =>
        Plot.text([{ x, y, name }], {
          x: "x",
          y: "y",
          text: "name",
          textAnchor: anchor,
          dx: anchor === "start" ? LABEL_GAP : -LABEL_GAP,
          fill: measured ? COLORS.blue : STYLE.ink,
          fontWeight: measured ? "bold" : "normal",
        })
      ),
    ],
  });
  return new Figure(drawing, {
    title,
    caption:
      `Blue dots are measured here, with the 95 % interval of one run; hollow diamonds are ` +
      `what others published. ${caption}`,
    alt,
  });
}

function domainX(points: readonly AccuracyPoint[]): [number, number] {
  const values = points.map(({ x }) => x);
  return [Math.min(...values) / 1.6, Math.max(...values) * 1.6];
}

function domainY(points: readonly AccuracyPoint[]): [number, number] {
  const values = points.flatMap(({ accuracy, interval = [] }) => [accuracy, ...interval]);
  return [Math.min(...values) - 0.006, Math.max(...values) + 0.004];
}

/** Where a name stands: right of its point, or left of it. */
type PlacedLabel = AccuracyPoint & { readonly y: number; readonly anchor: "start" | "end" };

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Moves names up, down or to the other side until they cover neither a name nor a point. */
function placeLabels(
  points: readonly AccuracyPoint[],
  { x, y }: { x: readonly [number, number]; y: readonly [number, number] },
): PlacedLabel[] {
  const { marginLeft, marginRight, marginTop, marginBottom } = MARGINS;
  const across = (value: number) =>
    (WIDTH - marginLeft - marginRight) * Math.log(value / x[0]) / Math.log(x[1] / x[0]);
  const pixel = (y[1] - y[0]) / (HEIGHT - marginTop - marginBottom);
  const taken: Box[] = points.map((point) => {
    const [left, top] = [across(point.x), -point.accuracy / pixel];
    return { left: left - 6, right: left + 6, top: top - 6, bottom: top + 6 };
  });
  const free = (box: Box) =>
    taken.every((other) =>
      box.right < other.left || box.left > other.right || box.bottom < other.top ||
      box.top > other.bottom
    );
  return points.toSorted((a, b) => b.accuracy - a.accuracy).map((point) => {
    const length = textWidth(point.name, { size: STYLE.textSize, bold: point.measured });
    const places = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5].flatMap((n) =>
      (["start", "end"] as const).map((anchor) => {
        const middle = -point.accuracy / pixel + n * STYLE.textSize / 2;
        const left = across(point.x) + (anchor === "start" ? LABEL_GAP : -LABEL_GAP - length);
        const half = STYLE.textSize / 2;
        const box = { left, right: left + length, top: middle - half, bottom: middle + half };
        return { anchor, y: -middle * pixel, box };
      })
    );
    const { anchor, y, box } = places.find(({ box }) => free(box)) ?? places[0];
    taken.push(box);
    return { ...point, y, anchor };
  });
}
