import { type Drawing, element, rectangle, text } from "./drawing.ts";
import { STYLE } from "./style.ts";

/** Numbers in rows, `matrix[row][column]`. */
export type Matrix = readonly (readonly number[])[];

/** Pixels of a cell's side. */
export const CELL = 32;

/** A number with a true minus sign and at most two decimals; 0 for a negative zero. */
export const numeral = (value: number): string =>
  (Math.round(value * 100) / 100).toString().replace("-", "−");

/** A matrix as a grid of squares with a number in each. */
export function matrixDrawing(
  matrix: Matrix,
  { fill = () => STYLE.paper, color = () => STYLE.ink, bold = () => false, hidden = () => false }: {
    /** What a cell is filled with. */
    fill?: (row: number, column: number) => string;
    /** The colour of its number. */
    color?: (row: number, column: number) => string;
    bold?: (row: number, column: number) => boolean;
    /** Whether its number is left out. */
    hidden?: (row: number, column: number) => boolean;
  } = {},
): Drawing {
  const cells = matrix.flatMap((values, row) =>
    values.map((value, column) => {
      const [x, y] = [column * CELL, row * CELL];
      const square = rectangle({
        x: x + 0.5,
        y: y + 0.5,
        width: CELL,
        height: CELL,
        fill: fill(row, column),
        stroke: "#b6bcc4",
      });
      const number = text(numeral(value), {
        x: x + CELL / 2 + 0.5,
        y: y + CELL / 2 + STYLE.textSize * 0.37,
        anchor: "middle",
        fill: color(row, column),
        bold: bold(row, column),
      });
      return hidden(row, column) ? square : square + number;
    })
  );
  const columns = matrix[0]?.length ?? 0;
  return { svg: cells.join(""), width: columns * CELL + 1, height: matrix.length * CELL + 1 };
}

/** A frame around some of a matrix's cells. */
export function frameCells(
  { row, column, rows, columns }: Record<"row" | "column" | "rows" | "columns", number>,
  color: string,
): string {
  return element("rect", {
    x: column * CELL + 0.5,
    y: row * CELL + 0.5,
    width: columns * CELL,
    height: rows * CELL,
    fill: "none",
    stroke: color,
    "stroke-width": 3,
  });
}

/** A drawing with more drawn over it. */
export const over = (drawing: Drawing, svg: string): Drawing => ({
  ...drawing,
  svg: drawing.svg + svg,
});
