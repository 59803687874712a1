import * as Plot from "@observablehq/plot";
import type { Drawing } from "./drawing.ts";
import { endLabels } from "./end_labels.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { axisOf } from "./line_axis.ts";
import { plot } from "./plot.ts";
import { assertSeries, LINE_COLORS, type Series } from "./series.ts";
import { STYLE } from "./style.ts";

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
  /** The points of this x are ringed. */
  readonly highlight?: number;
  /** Whole numbers only along x. */
  readonly xInteger?: boolean;
}

const MARGINS = { marginLeft: 60, marginTop: 28, marginBottom: 44 };

/**
 * Lines with a point at each value, named at their ends.
 *
 * @throws {RangeError} If there are no points, more than four series or two of one name, a number
 *   is not finite (on a logarithmic axis: not above 0), or no point has the `highlight`.
 */
export function lineChart(
  series: readonly Series[],
  { title, caption, alt, ...options }: LineChartOptions & FigureText,
): Figure {
  return new Figure(lineDrawing(series, options), { title, caption, alt });
}

/** The lines without the figure around them. Both domains given, there need be no points. */
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
  assertSeries(series);
  if (highlight !== undefined && points.every(({ x }) => x !== highlight)) {
    throw new RangeError(`Cannot draw lines: highlight is ${highlight}, expected a point's x`);
  }
  const many = points.length / Math.max(1, series.length) > 40;
  const intervals = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const ys = points.flatMap(({ y, low, high }) => [y, low, high].filter((v) => v !== undefined));
  const x = axisOf(points.map(({ x }) => x), { name: "x", log: xLog, domain: xDomain });
  const y = axisOf(ys, { name: "y", log: yLog, domain: yDomain });
  const ends = endLabels(series, {
    y,
    top: MARGINS.marginTop,
    bottom: height - MARGINS.marginBottom,
  });
  const nameRoom = Math.max(
    0,
    ...series.map(({ name }) => textWidth(name, { size: STYLE.textSize })),
  );
  const color = ({ name }: { name: string }) =>
    LINE_COLORS[series.findIndex((one) => one.name === name)];
  const [first, last] = x.domain;
  return plot({
    width,
    height,
    ...MARGINS,
    marginRight: series.length > 1 ? nameRoom + 16 : 16,
    x: {
      ...x,
      nice: false,
      label: xLabel,
      labelArrow: "none",
      labelAnchor: "center",
      ticks: xInteger && last - first < 12 ? last - first : Math.max(2, Math.round(width / 100)),
      tickFormat: xLog ? ",d" : undefined,
    },
    y: { ...y, label: yLabel, labelArrow: "none", ticks: 6, tickFormat: yFormat },
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
      ...ends.map((end) =>
        Plot.text([end], {
          x: "x",
          y: "y",
          text: "name",
          fill: color,
          stroke: STYLE.paper,
          strokeWidth: 4,
          textAnchor: "start",
          dx: 8,
          dy: end.dy,
        })
      ),
    ],
  });
}
