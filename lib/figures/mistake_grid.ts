import type { Figure, FigureText } from "./figure.ts";
import { imageGrid } from "./image_grid.ts";
import { hundredths } from "./numbers.ts";
import type { Pixels } from "./pixels.ts";

/** An image that a classifier got wrong, as lib/evaluation's `confidentMistakes` gives it. */
export interface MistakenImage {
  /** Its position among the images. */
  readonly index: number;
  readonly label: number;
  readonly prediction: number;
  /** What the classifier gave its wrong answer, 0..1. */
  readonly probability: number;
}

/**
 * Images that a classifier got wrong, six a row: below each the label, the answer, and the
 * probability that it gave to that answer.
 *
 * @param images Where they are, such as a dataset of lib/dataset.
 * @param options.labels The names of the classes.
 * @throws {RangeError} If there are none, or as `images.image` does.
 */
export function mistakeGrid(
  mistakes: readonly MistakenImage[],
  images: { readonly image: (index: number) => Pixels },
  { labels, title, alt }: Omit<FigureText, "caption"> & { readonly labels: readonly string[] },
): Figure {
  return imageGrid(
    mistakes.map(({ index, label, prediction, probability }) => ({
      pixels: images.image(index),
      label: `${labels[label]}\n→ ${labels[prediction]}\n${hundredths(probability)}`,
    })),
    {
      columns: 6,
      scale: 3,
      title,
      caption: "The label, the network's answer, and the probability that it gave to that answer.",
      alt,
    },
  );
}
