import * as Plot from "@observablehq/plot";
import type { Drawing } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** One bar. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Draws it in vermilion. */
  readonly highlight?: boolean;
}

/** What a {@linkcode barChart} measures. */
export interface BarChartOptions {
  /** What the values are, with their unit. */
  readonly valueLabel: string;
  /** Writes a value at the end of its bar. */
  readonly format?: (value: number) => string;
  /** Writes a number of the axis. */
  readonly tickFormat?: (value: number) => string;
  /** Least and greatest value of the axis; from 0 to the greatest value if not given. */
  readonly domain?: readonly [number, number];
}

/** Horizontal bars from top to bottom, each with its value. */
export function barChart(
  bars: readonly Bar[],
  { title, caption, alt, ...options }: BarChartOptions & FigureText,
): Figure {
  return new Figure(barDrawing(bars, options), { title, caption, alt });
}

/** The bars without the figure around them. */
export function barDrawing(
  bars: readonly Bar[],
  {
    valueLabel,
    format = (value) => new Intl.NumberFormat("en").format(value),
    tickFormat,
    domain,
    width = STYLE.width - 2 * STYLE.padding,
  }: BarChartOptions & { readonly width?: number },
): Drawing {
  const widest = Math.max(
    ...bars.map(({ label }) => textWidth(label, { size: STYLE.textSize })),
  );
  const valueRoom = Math.max(
    ...bars.map(({ value }) => textWidth(format(value), { size: STYLE.textSize })),
  );
  return plot({
    width,
    height: bars.length * 24 + 52,
    marginTop: 4,
    marginLeft: widest + 14,
    marginRight: valueRoom + 14,
    x: {
      label: valueLabel,
      labelArrow: "none",
      labelAnchor: "center",
      domain,
      nice: domain === undefined,
      ticks: 6,
      tickFormat,
    },
    y: { label: null, domain: bars.map(({ label }) => label), padding: 0.25 },
    marks: [
      Plot.gridX({ stroke: STYLE.grid, strokeOpacity: 1, ticks: 6 }),
      Plot.barX(bars, {
        x1: domain?.[0] ?? 0,
        x2: "value",
        y: "label",
        fill: ({ highlight }: Bar) => highlight ? COLORS.vermilion : COLORS.blue,
      }),
      Plot.text(bars, {
        x: "value",
        y: "label",
        text: ({ value }: Bar) => format(value),
        textAnchor: "start",
        dx: 5,
      }),
    ],
  });
}
