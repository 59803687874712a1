import { beside, titled } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { frameCells, type Matrix, matrixDrawing, over } from "./matrix.ts";
import { CLASS_COLORS, COLORS, STYLE } from "./style.ts";

/** What a {@linkcode poolingDiagram} shows besides the image. */
export interface PoolingDiagramOptions {
  readonly output: Matrix;
  readonly poolSize: number;
  readonly stride: number;
  /** The row and the column of the one cell of the result that is explained; all if not given. */
  readonly position?: readonly [row: number, column: number];
  readonly title: string;
}

const TINT = "#cfe5f5";

/**
 * Max pooling: each region of the image in a tint of its own, its greatest value in bold, and the
 * result in the same tints; or, with a position, one region and its cell.
 *
 * @throws {RangeError} If regions overlap and no position is given, or it is not one of the
 *   result's.
 */
export function poolingDiagram(
  image: Matrix,
  { output, poolSize, stride, position, title }: PoolingDiagramOptions,
): Figure {
  if (
    position === undefined ? stride < poolSize : output[position[0]]?.[position[1]] === undefined
  ) {
    throw new RangeError(
      `Cannot draw a pooling: position is ${JSON.stringify(position)}, expected one of the ` +
        `result's ${output.length} x ${output[0]?.length} cells, as regions overlap`,
    );
  }
  const cells = output.flatMap((values, row) =>
    values.map((greatest, column) => ({ greatest, row, column }))
  );
  const shown = cells.filter(({ row, column }) =>
    position === undefined || (row === position[0] && column === position[1])
  );
  const tint = ({ row, column }: { row: number; column: number }) =>
    position === undefined
      ? `${CLASS_COLORS[(row * output[0].length + column) % CLASS_COLORS.length]}66`
      : TINT;
  const regionAt = (row: number, column: number) =>
    shown.find((cell) =>
      row >= cell.row * stride && row < cell.row * stride + poolSize &&
      column >= cell.column * stride && column < cell.column * stride + poolSize
    );
  const fillAt = (cell: { row: number; column: number } | undefined) =>
    cell === undefined ? STYLE.paper : tint(cell);
  const [frames, resultFrames] = position === undefined ? ["", ""] : [
    frameCells({
      row: position[0] * stride,
      column: position[1] * stride,
      rows: poolSize,
      columns: poolSize,
    }, COLORS.blue),
    frameCells({ row: position[0], column: position[1], rows: 1, columns: 1 }, COLORS.vermilion),
  ];
  const picture = matrixDrawing(image, {
    fill: (row, column) => fillAt(regionAt(row, column)),
    bold: (row, column) => regionAt(row, column)?.greatest === image[row][column],
  });
  const result = matrixDrawing(output, {
    fill: (row, column) => fillAt(shown.find((cell) => cell.row === row && cell.column === column)),
    bold: () => position === undefined,
  });
  const drawing = beside([
    titled("image", over(picture, frames)),
    titled("result", over(result, resultFrames)),
  ], { gap: 60 });
  return new Figure(drawing, {
    title,
    caption: `Of each ${poolSize} x ${poolSize} region only the greatest value stays; the next ` +
      `region begins ${stride} ${stride === 1 ? "cell" : "cells"} further on.`,
    alt: `A ${image.length} by ${image[0].length} image becomes ${output.length} by ${
      output[0].length
    }: ${output.map((values) => values.join(", ")).join("; ")}.`,
  });
}
