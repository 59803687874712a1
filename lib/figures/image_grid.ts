import { Figure, type FigureText } from "./figure.ts";
import { gridDrawing } from "./grid_drawing.ts";
import type { PixelColors, Pixels } from "./pixels.ts";

/** One image of a grid. */
export interface GridImage {
  /** `[height, width]`, row-major, in the domain of the grid's colours. */
  readonly pixels: Pixels;
  /** Stands below it, one line for each `\n`. */
  readonly label?: string;
  /** Frames it in blue or, for what is wrong, with a thick vermilion line. */
  readonly mark?: "right" | "wrong";
}

/** How {@linkcode imageGrid} lays out its images. */
export interface ImageGridOptions extends PixelColors {
  /** Pixels of each image, 28 if not given. */
  readonly height?: number;
  readonly width?: number;
  /** Images a row; of fewer images, a row holds them all. */
  readonly columns: number;
  /** Figure pixels for each of the images', 2 if not given. */
  readonly scale?: number;
  /** Outlines each image, so that one which is empty is seen too. */
  readonly outlined?: boolean;
  /** Stand left of the rows and above the columns. */
  readonly rowLabels?: readonly string[];
  readonly columnLabels?: readonly string[];
}

/**
 * Images in rows and columns, with labels.
 *
 * @throws {RangeError} If there are no images, a size is not positive, an image has another number
 *   of pixels or one that is not finite, or there are labels for more rows or columns than there
 *   are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageGrid } from "./mod.ts";
 *
 * const images = [{ pixels: new Uint8Array(784), label: "nothing" }];
 * const figure = imageGrid(images, { columns: 1, title: "Black", caption: "", alt: "A square" });
 * assertEquals(figure.alt, "A square");
 * ```
 */
export function imageGrid(
  images: readonly GridImage[],
  { title, caption, alt, ...options }: ImageGridOptions & FigureText,
): Figure {
  return new Figure(gridDrawing(images, options), { title, caption, alt });
}
