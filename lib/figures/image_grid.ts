import { at, type Drawing, element, text } from "./drawing.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
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
  /** Images a row. */
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

/** The grid without the figure around it. */
export function gridDrawing(
  images: readonly GridImage[],
  {
    height = 28,
    width = 28,
    columns,
    scale = 2,
    outlined = false,
    rowLabels = [],
    columnLabels = [],
    ...colors
  }: ImageGridOptions,
): Drawing {
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
  const left = rowLabels.length === 0
    ? Math.max(0, (widest - width * scale) / 2)
    : Math.max(...rowLabels.map((label) => textWidth(label, { size: STYLE.textSize }))) + 12;
  const top = columnLabels.length === 0 ? 0 : lineHeight + 4;
  const pitchX = (width + gapX) * scale;
  const pitchY = (height + gapY) * scale;
  const middle = (column: number) => left + column * pitchX + width * scale / 2;
  const svg = [
    at(left, top, sheet),
    ...rowLabels.map((label, row) =>
      text(label, {
        x: left - 12,
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
      return kind === undefined ? lines : [frame(kind, { x, y, width, height, scale }), ...lines];
    }),
  ];
  return {
    svg: svg.join(""),
    width: left + sheet.width + Math.max(0, (widest - width * scale) / 2),
    height: top + sheet.height + (labelLines === 0 ? 0 : 4 + labelLines * lineHeight + 2),
  };
}

const FRAMES = {
  outline: { distance: 0.5, stroke: "#c4cad1", "stroke-width": 1 },
  right: { distance: 1.5, stroke: COLORS.blue, "stroke-width": 1.5 },
  wrong: { distance: 1.5, stroke: COLORS.vermilion, "stroke-width": 3.5 },
} as const;

function frame(
  kind: keyof typeof FRAMES,
  { x, y, width, height, scale }: Record<"x" | "y" | "width" | "height" | "scale", number>,
): string {
  const { distance, ...line } = FRAMES[kind];
  return element("rect", {
    x: x - distance,
    y: y - distance,
    width: width * scale + 2 * distance,
    height: height * scale + 2 * distance,
    fill: "none",
    ...line,
  });
}
