import * as Plot from "@observablehq/plot";
import { assertDistinct, extent } from "./checks.ts";
import type { Drawing } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { grouped } from "./numbers.ts";
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
  /** Least and greatest value of the axis; from 0 to beyond the greatest value if not given. */
  readonly domain?: readonly [number, number];
}

/**
 * Horizontal bars from top to bottom, each with its value.
 *
 * @throws {RangeError} If there are no bars, two have one label, or a value is not finite or not on
 *   the axis (which begins at 0 if no domain is given).
 */
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
    format = grouped,
    tickFormat,
    domain,
    width = STYLE.width - 2 * STYLE.padding,
  }: BarChartOptions & { readonly width?: number },
): Drawing {
  const [axisStart, axisEnd] = axisOf(bars, domain);
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
      domain: [axisStart, axisEnd],
      nice: domain === undefined,
      ticks: 6,
      tickFormat,
    },
    y: { label: null, domain: bars.map(({ label }) => label), padding: 0.25 },
    marks: [
      Plot.gridX({ stroke: STYLE.grid, strokeOpacity: 1, ticks: 6 }),
      Plot.barX(bars, {
        x1: axisStart,
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

function axisOf(
  bars: readonly Bar[],
  domain: BarChartOptions["domain"],
): readonly [start: number, end: number] {
  const action = "draw bars";
  assertDistinct(bars.map(({ label }) => label), { action, name: "label" });
  if (domain !== undefined && !(domain[0] < domain[1])) {
    throw new RangeError(
      `Cannot ${action}: the axis goes from ${domain[0]} to ${domain[1]}, expected to a greater ` +
        "number",
    );
  }
  const [least, most] = domain ?? [0, Infinity];
  const values = bars.map(({ value }) => value);
  const [, greatest] = extent(values, { action, name: "value", least, most });
  return domain ?? [0, greatest || 1];
}
