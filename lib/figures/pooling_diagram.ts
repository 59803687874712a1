import { beside, titled } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { frameCells, type Matrix, matrixDrawing, over } from "./matrix.ts";
import { CLASS_COLORS, STYLE } from "./style.ts";

/**
 * Max pooling: each region of the image in a tint of its own, its greatest value in bold, and the
 * result in the same tints. Regions may overlap (a stride below the pool size): then they are
 * framed, and cells of several have the tint of the last.
 */
export function poolingDiagram(
  image: Matrix,
  { output, poolSize, stride, title }: {
    readonly output: Matrix;
    readonly poolSize: number;
    readonly stride: number;
    readonly title: string;
  },
): Figure {
  const columns = output[0].length;
  const tint = (region: number) => `${CLASS_COLORS[region % CLASS_COLORS.length]}66`;
  const regions = output.flatMap((values, row) =>
    values.map((greatest, column) => ({ greatest, top: row * stride, left: column * stride }))
  );
  const regionsAt = (row: number, column: number) =>
    regions.map((region, index) => ({ ...region, index })).filter(({ top, left }) =>
      row >= top && row < top + poolSize && column >= left && column < left + poolSize
    );
  const overlapping = stride < poolSize;
  const frames = overlapping
    ? regions.map(({ top, left }, i) =>
      frameCells(
        { row: top, column: left, rows: poolSize, columns: poolSize },
        CLASS_COLORS[i % 10],
      )
    )
    : [];
  const drawing = beside([
    titled(
      "image",
      over(
        matrixDrawing(image, {
          fill: (row, column) => {
            const last = regionsAt(row, column).at(-1);
            return last === undefined ? STYLE.paper : tint(last.index);
          },
          bold: (row, column) =>
            regionsAt(row, column).some(({ greatest }) => greatest === image[row][column]),
        }),
        frames.join(""),
      ),
    ),
    titled(
      "result",
      matrixDrawing(output, {
        fill: (row, column) => tint(row * columns + column),
        bold: () => true,
      }),
    ),
  ], { gap: 60 });
  return new Figure(drawing, {
    title,
    caption: `Of each ${poolSize} x ${poolSize} region only the greatest value stays; the next ` +
      `region begins ${stride} ${stride === 1 ? "cell" : "cells"} further on.` +
      (overlapping ? " The regions overlap." : ""),
    alt: `A ${image.length} by ${image[0].length} image becomes ${output.length} by ${columns}: ${
      output.map((values) => values.join(", ")).join("; ")
    }.`,
  });
}
