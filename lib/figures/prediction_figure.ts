import { barDrawing } from "./bar_chart.ts";
import { beside, titled } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { type Pixels, pixelSheet } from "./pixels.ts";

/** One picture and what a network makes of it. */
export interface Prediction {
  /** `[28, 28]`, 0..255: what the network saw. */
  readonly image: Pixels;
  /** `[classes]`, 0..1. */
  readonly probabilities: ArrayLike<number>;
}

/** An image as the network sees it, beside the probability that it gives each class. */
export function predictionFigure(
  { image, probabilities }: Prediction,
  { names, title, caption, alt }: { readonly names: readonly string[] } & FigureText,
): Figure {
  const values = Array.from(probabilities);
  const greatest = Math.max(...values);
  const bars = values.map((value, i) => ({
    label: names[i],
    value,
    highlight: value === greatest,
  }));
  const sheet = pixelSheet([image], { height: 28, width: 28, columns: 1, scale: 8 });
  const drawing = beside([
    titled("what the network sees", sheet),
    titled(
      "what it answers",
      barDrawing(bars, {
        valueLabel: "probability, %",
        format: (value) => `${(100 * value).toFixed(1)} %`,
        tickFormat: (value) => String(Math.round(100 * value)),
        domain: [0, 1],
        width: 440,
      }),
    ),
  ], { gap: 32 });
  return new Figure(drawing, { title, caption, alt });
}
