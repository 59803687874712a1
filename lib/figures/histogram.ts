import * as Plot from "@observablehq/plot";
import { extent } from "./checks.ts";
import { Figure, type FigureText } from "./figure.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** The axes of a {@linkcode histogram}. */
export interface HistogramOptions {
  /** What is counted, with its unit. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Where the first bin begins, and how wide each is. */
  readonly start?: number;
  readonly binWidth?: number;
  /** A logarithmic y axis; an empty bin has no height. */
  readonly yLog?: boolean;
}

/**
 * Counts of neighbouring bins as bars without gaps.
 *
 * @param counts Whole numbers, one for each bin.
 * @throws {RangeError} If there are no bins, a count is negative or not finite, `start` is not
 *   finite or `binWidth` not above 0.
 */
export function histogram(
  counts: ArrayLike<number>,
  { xLabel, yLabel, start = 0, binWidth = 1, yLog = false, title, caption, alt }:
    & HistogramOptions
    & FigureText,
): Figure {
  const action = "draw a histogram";
  const [, greatest] = extent(counts, { action, name: "count", least: 0 });
  extent([binWidth], { action, name: "bin width", positive: true });
  extent([start], { action, name: "start" });
  const edges = Array.from(counts, (count, i) => ({ x: start + i * binWidth, count }));
  const end = { x: start + counts.length * binWidth, count: counts[counts.length - 1] };
  const domain = yLog ? logarithmicDomain(edges.map(({ count }) => count)) : [0, greatest || 1];
  const [base] = domain;
  const drawing = plot({
    height: 300,
    marginLeft: 70,
    x: { label: xLabel, labelArrow: "none", labelAnchor: "center" },
    y: {
      label: yLabel,
      labelArrow: "none",
      type: yLog ? "log" : "linear",
      ticks: yLog ? 4 : 6,
      tickFormat: yLog ? "~s" : ",d",
      domain,
      nice: !yLog,
    },
    marks: [
      Plot.gridY({ stroke: STYLE.grid, strokeOpacity: 1, ticks: yLog ? 4 : 6 }),
      Plot.areaY([...edges, end], {
        x: "x",
        y1: base,
        y2: ({ count }: { count: number }) => Math.max(count, base),
        curve: "step-after",
        fill: COLORS.blue,
      }),
      Plot.ruleY([base], { stroke: STYLE.muted }),
    ],
  });
  return new Figure(drawing, { title, caption, alt });
}

/** From below the least count, so that its bar has a height, to a power of ten. */
function logarithmicDomain(counts: readonly number[]): [low: number, high: number] {
  const positive = counts.filter((count) => count > 0);
  if (positive.length === 0) return [0.5, 1];
  const [least, greatest] = extent(positive, { action: "draw a histogram", name: "count" });
  const power = 10 ** Math.floor(Math.log10(least));
  return [power === least ? power / 2 : power, 10 ** Math.ceil(Math.log10(greatest))];
}
