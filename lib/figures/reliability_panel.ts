import * as Plot from "@observablehq/plot";
import { type Drawing, stack, text, titled } from "./drawing.ts";
import { grouped, hundredths, percent } from "./numbers.ts";
import { plot } from "./plot.ts";
import { COLORS, STYLE } from "./style.ts";

/** A classifier of a reliability diagram: what lib/evaluation's `reliability` gives, and a name. */
export interface Calibration {
  readonly name: string;
  /** The mean of the greatest probability, 0..1. */
  readonly confidence: number;
  /** 0..1. */
  readonly accuracy: number;
  /** 0..1. */
  readonly expectedCalibrationError: number;
  /** Those that have images, from the least confidence to the greatest. */
  readonly bins: readonly CalibrationBin[];
}

/** The images whose confidence is above `low` and at most `high`; each share is 0..1. */
export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  /** How many there are, at least 1. */
  readonly count: number;
  /** The mean of their greatest probability. */
  readonly confidence: number;
  readonly accuracy: number;
  /** The ends of the accuracy's 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

const MARGINS = { marginLeft: 60, marginRight: 26 };
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * Accuracy against confidence, square, over the number of images in each bin.
 *
 * @param options.most The greatest number of images in a bin, for axes that are the same in all
 *   panels of a figure.
 */
export function reliabilityPanel(
  { name, confidence, accuracy, expectedCalibrationError, bins }: Calibration,
  { width, most }: { readonly width: number; readonly most: number },
): Drawing {
  const line = (content: string, y: number) => text(content, { x: 0, y, fill: STYLE.muted });
  const size = STYLE.textSize;
  const summary: Drawing = {
    svg: line(`Expected calibration error ${hundredths(expectedCalibrationError)}`, size) +
      line(
        `Mean confidence ${hundredths(confidence)}, accuracy ${hundredths(accuracy)}`,
        2.4 * size,
      ),
    width,
    height: 2.4 * size + 4,
  };
  const drawing = stack([summary, gaps(bins, width), counts(bins, { width, most })], { gap: 8 });
  return titled(name, drawing);
}

/** A dot at each bin's confidence and accuracy; a bar from there to the diagonal is the gap. */
function gaps(bins: readonly CalibrationBin[], width: number): Drawing {
  const marginTop = 24;
  const marginBottom = 10;
  return plot({
    width,
    height: width - MARGINS.marginLeft - MARGINS.marginRight + marginTop + marginBottom,
    ...MARGINS,
    marginTop,
    marginBottom,
    x: { domain: [0, 1], axis: null },
    y: { domain: [0, 1], label: "accuracy", labelArrow: "none", ticks: TICKS, tickFormat: percent },
    marks: [
      Plot.gridX(TICKS, { stroke: STYLE.grid, strokeOpacity: 1 }),
      Plot.gridY(TICKS, { stroke: STYLE.grid, strokeOpacity: 1 }),
      Plot.rect(bins, {
        x1: "low",
        x2: "high",
        y1: "confidence",
        y2: "accuracy",
        fill: ({ accuracy, confidence }: CalibrationBin) =>
          accuracy < confidence ? COLORS.vermilion : COLORS.blue,
        fillOpacity: 0.4,
        inset: 0.5,
      }),
      Plot.line([[0, 0], [1, 1]], {
        stroke: STYLE.muted,
        strokeWidth: 1.5,
        strokeDasharray: "5 4",
      }),
      Plot.ruleX(bins, {
        x: "confidence",
        y1: ({ interval }: CalibrationBin) => interval[0],
        y2: ({ interval }: CalibrationBin) => interval[1],
        stroke: STYLE.ink,
      }),
      Plot.dot(bins, { x: "confidence", y: "accuracy", r: 3.5, fill: STYLE.ink }),
    ],
  });
}

function counts(
  bins: readonly CalibrationBin[],
  { width, most }: { readonly width: number; readonly most: number },
): Drawing {
  const powers = Math.max(1, Math.ceil(Math.log10(most)));
  // Below 1, so that one image has a height.
  const base = 0.5;
  return plot({
    width,
    height: 160,
    ...MARGINS,
    marginTop: 24,
    x: {
      domain: [0, 1],
      label: "confidence, the greatest probability",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: TICKS,
      tickFormat: percent,
    },
    y: {
      type: "log",
      domain: [base, 10 ** powers],
      label: "images",
      labelArrow: "none",
      ticks: Array.from({ length: powers + 1 }, (_, power) => 10 ** power),
      tickFormat: grouped,
    },
    marks: [
      Plot.gridY({ stroke: STYLE.grid, strokeOpacity: 1 }),
      Plot.rect(bins, {
        x1: "low",
        x2: "high",
        y1: base,
        y2: "count",
        fill: STYLE.muted,
        inset: 0.5,
      }),
      Plot.ruleY([base], { stroke: STYLE.muted }),
    ],
  });
}
