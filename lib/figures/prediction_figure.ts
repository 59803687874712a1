import { barDrawing } from "./bar_chart.ts";
import { assertLength, extent } from "./checks.ts";
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

/**
 * An image as the network sees it, beside the probability that it gives each class.
 *
 * @throws {RangeError} If the image has not 784 pixels, there is not one name a class or one stands
 *   twice, or a probability is not in 0..1.
 */
export function predictionFigure(
  { image, probabilities }: Prediction,
  { names, title, caption, alt }: { readonly names: readonly string[] } & FigureText,
): Figure {
  const values = Array.from(probabilities);
  const action = "draw a prediction";
  assertLength(names, values.length, { action, name: "names of classes" });
  const [, greatest] = extent(values, { action, name: "probability", least: 0, most: 1 });
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
