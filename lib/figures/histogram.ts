import * as Plot from "@observablehq/plot";
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

/** Counts of neighbouring bins as bars without gaps. */
export function histogram(
  counts: ArrayLike<number>,
  { xLabel, yLabel, start = 0, binWidth = 1, yLog = false, title, caption, alt }:
    & HistogramOptions
    & FigureText,
): Figure {
  const edges = Array.from(counts, (count, i) => ({ x: start + i * binWidth, count }));
  const end = { x: start + counts.length * binWidth, count: edges.at(-1)?.count ?? 0 };
  const positive = edges.map(({ count }) => count).filter((count) => count > 0);
  const base = yLog ? 10 ** Math.floor(Math.log10(Math.min(...positive))) : 0;
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
      domain: yLog ? [base, Math.max(...positive)] : undefined,
      nice: true,
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
