import { assertWhole } from "./checks.ts";
import { at, type Drawing, text } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { imageFrame } from "./image_frame.ts";
import { type PixelColors, type Pixels, pixelSheet } from "./pixels.ts";
import { COLORS, STYLE } from "./style.ts";

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

const ACTION = "draw images";

/** The grid without the figure around it. */
export function gridDrawing(
  images: readonly GridImage[],
  {
    height = 28,
    width = 28,
    columns: mostColumns,
    scale = 2,
    outlined = false,
    rowLabels = [],
    columnLabels = [],
    ...colors
  }: ImageGridOptions,
): Drawing {
  assertWhole(images.length, { action: ACTION, name: "the number of images" });
  assertWhole(mostColumns, { action: ACTION, name: "columns" });
  const columns = Math.min(mostColumns, Math.max(images.length, columnLabels.length));
  assertLabels({ rowLabels, columnLabels }, { columns, rows: Math.ceil(images.length / columns) });
  const lineHeight = Math.ceil(STYLE.textSize * 1.25);
  const labelled = images.map(({ label = "" }) => label === "" ? [] : label.split("\n"));
  const labelLines = Math.max(0, ...labelled.map((lines) => lines.length));
  const widest = Math.max(
    0,
    ...[...labelled.flat(), ...columnLabels].map((line) =>
      textWidth(line, { size: STYLE.textSize })
    ),
  );
  const marked = images.some(({ mark }) => mark !== undefined);
  // Gaps are whole pixels of the images, since all images are one picture.
  const gapX = Math.ceil(Math.max(marked ? 8 : 4, widest + 8 - width * scale) / scale);
  const gapY = Math.ceil(
    (labelLines * lineHeight + (labelLines > 0 ? 12 : marked ? 8 : 4)) / scale,
  );
  const sheet = pixelSheet(images.map(({ pixels }) => pixels), {
    height,
    width,
    columns,
    scale,
    gapX,
    gapY,
    ...colors,
  });
  // Labels may be wider than the images, and so begin left of the first.
  const overhang = Math.max(0, (widest - width * scale) / 2);
  const rowRoom = rowLabels.length === 0
    ? 0
    : Math.max(...rowLabels.map((label) => textWidth(label, { size: STYLE.textSize }))) + 12;
  const left = rowRoom + overhang;
  const top = columnLabels.length === 0 ? 0 : lineHeight + 4;
  const pitchX = (width + gapX) * scale;
  const pitchY = (height + gapY) * scale;
  const middle = (column: number) => left + column * pitchX + width * scale / 2;
  const svg = [
    at(left, top, sheet),
    ...rowLabels.map((label, row) =>
      text(label, {
        x: rowRoom - 12,
        y: top + row * pitchY + height * scale / 2 + STYLE.textSize * 0.35,
        anchor: "end",
      })
    ),
    ...columnLabels.map((label, column) =>
      text(label, { x: middle(column), y: STYLE.textSize, anchor: "middle" })
    ),
    ...images.flatMap(({ mark }, i) => {
      const column = i % columns;
      const x = left + column * pitchX;
      const y = top + Math.floor(i / columns) * pitchY;
      const lines = labelled[i].map((line, n) =>
        text(line, {
          x: middle(column),
          y: y + height * scale + 4 + STYLE.textSize + n * lineHeight,
          anchor: "middle",
          fill: mark === "wrong" ? COLORS.vermilion : STYLE.ink,
        })
      );
      const kind = mark ?? (outlined ? "outline" : undefined);
      return kind === undefined
        ? lines
        : [imageFrame(kind, { x, y, width, height, scale }), ...lines];
    }),
  ];
  return {
    svg: svg.join(""),
    width: left + sheet.width + overhang,
    height: top + sheet.height + (labelLines === 0 ? 0 : 4 + labelLines * lineHeight + 2),
  };
}

function assertLabels(
  { rowLabels, columnLabels }: Record<"rowLabels" | "columnLabels", readonly string[]>,
  { columns, rows }: { columns: number; rows: number },
): void {
  if (rowLabels.length > rows || columnLabels.length > columns) {
    throw new RangeError(
      `Cannot ${ACTION}: there are labels for ${rowLabels.length} rows and ` +
        `${columnLabels.length} columns, expected at most ${rows} and ${columns}`,
    );
  }
}
