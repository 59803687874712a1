import * as Plot from "@observablehq/plot";
import { assertDistinct, assertLength, extent, shapeOf } from "./checks.ts";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { plot } from "./plot.ts";
import { STYLE } from "./style.ts";

/** How {@linkcode heatmap} is labelled. */
export interface HeatmapOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What rows and columns are. */
  readonly rowLabel: string;
  readonly columnLabel: string;
  /** What a cell says; nothing where it gives `""`. */
  readonly format?: (value: number, row: number, column: number) => string;
  /** The value that a cell's colour shows, 0 (white) to 1 (dark blue). */
  readonly shade: (value: number, row: number, column: number) => number;
}

/** Room for what a turned label has beyond its column. */
const MARGIN_RIGHT = 24;
/** From this shade on white is easier to read than black. */
const DARK = 0.715;
const ACTION = "draw a matrix";

/**
 * A matrix of numbers, `matrix[row][column]`, each written in its cell over a shade of blue.
 *
 * @throws {RangeError} If the matrix has no cell or rows that differ in length, there is not one
 *   label a row and a column or one stands twice, or a number or a shade is not finite.
 */
export function heatmap(
  matrix: readonly (readonly number[])[],
  { rows, columns, rowLabel, columnLabel, format = String, shade, title, caption, alt }:
    & HeatmapOptions
    & FigureText,
): Figure {
  assertLabels(matrix, { rows, columns });
  const cells = matrix.flatMap((values, row) =>
    values.map((value, column) => ({
      row: rows[row],
      column: columns[column],
      shade: shade(value, row, column),
      text: format(value, row, column),
    }))
  );
  extent(cells.map(({ shade }) => shade), { action: ACTION, name: "shade of cell" });
  const widest = (labels: readonly string[]) =>
    Math.max(...labels.map((label) => textWidth(label, { size: STYLE.textSize })));
  const marginLeft = widest(rows) + 40;
  const room = STYLE.width - 2 * STYLE.padding - marginLeft - MARGIN_RIGHT;
  const turned = widest(columns) > room / columns.length - 6;
  const marginTop = turned ? widest(columns) * 0.75 + 44 : 48;
  const cell = Math.min(96, room / columns.length);
  const drawing = plot({
    width: marginLeft + cell * columns.length + MARGIN_RIGHT,
    height: marginTop + rows.length * 32 + 8,
    marginLeft,
    marginTop,
    marginRight: MARGIN_RIGHT,
    marginBottom: 8,
    x: {
      domain: columns,
      axis: "top",
      label: columnLabel,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: marginTop - 10,
      tickRotate: turned ? -45 : 0,
      tickSize: 0,
      padding: 0.04,
    },
    y: { domain: rows, label: rowLabel, labelArrow: "none", tickSize: 0, padding: 0.04 },
    color: { type: "linear", scheme: "blues", domain: [0, 1], clamp: true },
    marks: [
      Plot.cell(cells, { x: "column", y: "row", fill: "shade" }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: "text",
        fill: ({ shade }: { shade: number }) => shade > DARK ? "#ffffff" : "#000000",
      }),
    ],
  });
  return new Figure(drawing, { title, caption, alt });
}

function assertLabels(
  matrix: readonly (readonly number[])[],
  { rows, columns }: Pick<HeatmapOptions, "rows" | "columns">,
): void {
  const [height, width] = shapeOf(matrix, { action: ACTION, name: "matrix" });
  assertLength(rows, height, { action: ACTION, name: "labels of rows" });
  assertLength(columns, width, { action: ACTION, name: "labels of columns" });
  for (const labels of [rows, columns]) assertDistinct(labels, { action: ACTION, name: "label" });
}
