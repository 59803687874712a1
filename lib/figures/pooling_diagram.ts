import { assertWhole, shapeOf } from "./checks.ts";
import { beside, titled } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { frameCells, type Matrix, matrixDrawing, over } from "./matrix.ts";
import { assertOutput } from "./sliding_window.ts";
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
const ACTION = "draw a pooling";

/**
 * Max pooling: each region of the image in a tint of its own, its greatest value in bold, and the
 * result in the same tints; or, with a position, one region and its cell.
 *
 * @throws {RangeError} If a matrix is empty, uneven or has a number that is not finite, the result
 *   has not the size that follows from pool size and stride or not the greatest values, regions
 *   overlap and no position is given, or it is not one of the result's.
 */
export function poolingDiagram(
  image: Matrix,
  { output, poolSize, stride, position, title }: PoolingDiagramOptions,
): Figure {
  shapeOf(image, { action: ACTION, name: "image" });
  assertWhole(poolSize, { action: ACTION, name: "poolSize" });
  assertOutput(output, { action: ACTION, image, size: poolSize, stride, position });
  if (position === undefined && stride < poolSize) {
    throw new RangeError(
      `Cannot ${ACTION}: regions of ${poolSize} overlap at a stride of ${stride}, ` +
        "expected a position",
    );
  }
  const cells = output.flatMap((values, row) =>
    values.map((value, column) => {
      const greatest = greatestOf(image, { row: row * stride, column: column * stride, poolSize });
      assertGreatest(value, greatest);
      return { greatest, row, column };
    })
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

function greatestOf(
  image: Matrix,
  { row, column, poolSize }: Record<"row" | "column" | "poolSize", number>,
): number {
  const region = image.slice(row, row + poolSize).flatMap((values) =>
    values.slice(column, column + poolSize)
  );
  return Math.max(...region);
}

/** The figure claims that the result has them; float32 rounds it. */
function assertGreatest(value: number, greatest: number): void {
  if (Math.fround(value) !== Math.fround(greatest)) {
    throw new RangeError(
      `Cannot ${ACTION}: the result is ${value}, expected a region's greatest value, ${greatest}`,
    );
  }
}
