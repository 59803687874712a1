import * as Plot from "@observablehq/plot";
import type { Drawing } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** A line of points from left to right. */
export interface Series {
  /** Stands at the line's end. */
  readonly name: string;
  readonly points: readonly Point[];
}

/** One point, with the ends of its interval if there is one. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** The axes of a {@linkcode lineChart}. */
export interface LineChartOptions {
  /** What the axes are, with their units. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Writes a number of the y axis. */
  readonly yFormat?: (value: number) => string;
  /** Logarithmic axes. */
  readonly xLog?: boolean;
  readonly yLog?: boolean;
  readonly xDomain?: readonly [number, number];
  readonly yDomain?: readonly [number, number];
  /** Points of this x are ringed. */
  readonly highlight?: number;
  /** Whole numbers only along x. */
  readonly xInteger?: boolean;
}

/** The series' colours in turn. */
const LINE_COLORS = [COLORS.blue, COLORS.vermilion, COLORS.green, COLORS.purple];

/** Lines with a point at each value, named at their ends. */
export function lineChart(
  series: readonly Series[],
  { title, caption, alt, ...options }: LineChartOptions & FigureText,
): Figure {
  return new Figure(lineDrawing(series, options), { title, caption, alt });
}

/** The lines without the figure around them. */
export function lineDrawing(
  series: readonly Series[],
  {
    xLabel,
    yLabel,
    yFormat,
    xLog = false,
    yLog = false,
    xDomain,
    yDomain,
    highlight,
    xInteger = false,
    width = STYLE.width - 2 * STYLE.padding,
    height = 320,
  }: LineChartOptions & { readonly width?: number; readonly height?: number },
): Drawing {
  const points = series.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })));
  const many = points.length / Math.max(1, series.length) > 40;
  const intervals = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const ends = endLabels(series, { height: height - 64, yDomain, yLog });
  const nameRoom = Math.max(
    0,
    ...series.map(({ name }) => textWidth(name, { size: STYLE.textSize })),
  );
  const color = ({ name }: { name: string }) =>
    LINE_COLORS[series.findIndex((one) => one.name === name) % LINE_COLORS.length];
  const [first, last] = xDomain ??
    [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  return plot({
    width,
    height,
    marginRight: series.length > 1 ? nameRoom + 16 : 16,
    marginTop: 24,
    x: {
      label: xLabel,
      labelArrow: "none",
      labelAnchor: "center",
      type: xLog ? "log" : "linear",
      domain: [first, last],
      ticks: xInteger && last - first < 12 ? last - first : Math.max(2, Math.round(width / 100)),
      tickFormat: xLog ? ",d" : undefined,
    },
    y: {
      label: yLabel,
      labelArrow: "none",
      type: yLog ? "log" : "linear",
      domain: yDomain,
      nice: yDomain === undefined,
      ticks: 6,
      tickFormat: yFormat,
    },
    marks: [
      Plot.gridY({ stroke: STYLE.grid, strokeOpacity: 1, ticks: 6 }),
      Plot.frame({ anchor: "bottom", stroke: STYLE.muted }),
      Plot.ruleX(intervals, { x: "x", y1: "low", y2: "high", stroke: color, strokeOpacity: 0.5 }),
      Plot.line(points, { x: "x", y: "y", z: "name", stroke: color, strokeWidth: 2 }),
      many ? null : Plot.dot(points, { x: "x", y: "y", fill: color, r: 3 }),
      Plot.dot(points.filter(({ x }) => x === highlight), {
        x: "x",
        y: "y",
        r: 8,
        stroke: STYLE.ink,
        strokeWidth: 1.5,
      }),
      series.length > 1
        ? Plot.text(ends, {
          x: "x",
          y: "y",
          dy: 0,
          text: "name",
          fill: color,
          textAnchor: "start",
          dx: 8,
        })
        : null,
    ],
  });
}

/** Where the names stand: at the ends of the lines, pushed up where they would overlap. */
function endLabels(
  series: readonly Series[],
  { height, yDomain, yLog }: {
    height: number;
    yDomain?: readonly [number, number];
    yLog: boolean;
  },
) {
  const scaled = (y: number) => yLog ? Math.log(y) : y;
  const all = series.flatMap(({ points }) => points.map(({ y }) => scaled(y)));
  const [low, high] = yDomain?.map(scaled) ?? [Math.min(...all), Math.max(...all)];
  const apart = (high - low) * 1.2 * STYLE.textSize / height;
  const ends = series.filter(({ points }) => points.length > 0).map(({ name, points }) => {
    const { x, y } = points[points.length - 1];
    return { name, x, y: scaled(y) };
  }).sort((a, b) => a.y - b.y);
  let floor = low + apart / 2;
  for (const end of ends) {
    end.y = Math.max(end.y, floor);
    floor = end.y + apart;
  }
  return ends.map((end) => ({ ...end, y: yLog ? Math.exp(end.y) : end.y }));
}
