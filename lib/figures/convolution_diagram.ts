import { assertWhole, shapeOf } from "./checks.ts";
import { beside, type Drawing, stack, text, titled } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { textWidth } from "./font.ts";
import { frameCells, type Matrix, matrixDrawing, numeral, over } from "./matrix.ts";
import { assertOutput } from "./sliding_window.ts";
import { COLORS, STYLE } from "./style.ts";

/** What a {@linkcode convolutionDiagram} shows besides image and kernel. */
export interface ConvolutionDiagramOptions {
  /** The result; it is shown up to the position, row by row. */
  readonly output: Matrix;
  /** The row and the column of the result that is being computed. */
  readonly position: readonly [row: number, column: number];
  /** Cells that the kernel moves from one position to the next, 1 if not given. */
  readonly stride?: number;
  /** Rows and columns of zeros around the image, 0 if not given. */
  readonly padding?: number;
  readonly title: string;
}

const TINT = "#cfe5f5";
const ZERO = "#eceef1";

/**
 * One step of a convolution: the image with the kernel's window, the kernel, the products and
 * their sum, and the result so far.
 *
 * @param image `image[row][column]`, of any size.
 * @param kernel `[size, size]`.
 * @throws {RangeError} If a matrix is empty, uneven or has a number that is not finite, the kernel
 *   is not square, stride or padding cannot be, the result has not the size that follows from
 *   them, the position is not one of its cells, or its number there is not the sum of products.
 */
export function convolutionDiagram(
  image: Matrix,
  kernel: Matrix,
  { output, position: [row, column], stride = 1, padding = 0, title }: ConvolutionDiagramOptions,
): Figure {
  assertWhole(padding, { action: ACTION, name: "padding", least: 0 });
  shapeOf(image, { action: ACTION, name: "image" });
  const padded = pad(image, padding);
  const size = kernelSize(kernel);
  assertOutput(output, { action: ACTION, image: padded, size, stride, position: [row, column] });
  const [top, left] = [row * stride, column * stride];
  const result = output[row][column];
  assertSum(
    result,
    kernel.flatMap((weights, r) => weights.map((weight, c) => weight * padded[top + r][left + c])),
  );
  const inWindow = (r: number, c: number) =>
    r >= top && r < top + size && c >= left && c < left + size;
  const isPadding = (r: number, c: number) =>
    r < padding || c < padding || r >= padding + image.length || c >= padding + image[0].length;
  const window = frameCells({ row: top, column: left, rows: size, columns: size }, COLORS.blue);
  const cell = frameCells({ row, column, rows: 1, columns: 1 }, COLORS.vermilion);
  const lines = kernel.map((weights, r) =>
    weights.map((weight, c) => `${factor(padded[top + r][left + c])} · ${factor(weight)}`).join(
      " + ",
    )
  );
  const sum = `= ${numeral(result)}`;
  const pictures = beside([
    titled(
      padding === 0 ? "image" : `image and ${padding === 1 ? "a border" : "borders"} of zeros`,
      over(
        matrixDrawing(padded, {
          fill: (r, c) => inWindow(r, c) ? TINT : isPadding(r, c) ? ZERO : STYLE.paper,
          color: (r, c) => isPadding(r, c) ? STYLE.muted : STYLE.ink,
        }),
        window,
      ),
    ),
    stack([
      titled("kernel", matrixDrawing(kernel, { fill: () => TINT })),
      titled("products and sum", arithmetic(lines, sum)),
    ]),
    titled(
      "result",
      over(
        matrixDrawing(output, {
          bold: (r, c) => r === row && c === column,
          hidden: (r, c) => r > row || (r === row && c > column),
        }),
        cell,
      ),
    ),
  ], { gap: 32 });
  return new Figure(pictures, {
    title,
    caption: `Each of the ${size * size} pixels in the blue window is multiplied by the weight ` +
      `at its place in the kernel; the sum of the products is the cell in row ${row + 1}, ` +
      `column ${column + 1} of the result.`,
    alt: `A ${padded.length} by ${padded[0].length} image, a ${size} by ${size} kernel and the ` +
      `result. ${lines.join(" + ")} ${sum}.`,
  });
}

const ACTION = "draw a convolution";

function kernelSize(kernel: Matrix): number {
  const [rows, columns] = shapeOf(kernel, { action: ACTION, name: "kernel" });
  if (rows !== columns) {
    throw new RangeError(
      `Cannot ${ACTION}: the kernel has ${rows} x ${columns} cells, expected a square`,
    );
  }
  return rows;
}

/** The figure claims that the result is the products' sum; float32 rounds it. */
function assertSum(result: number, products: readonly number[]): void {
  const sum = products.reduce((a, b) => a + b, 0);
  const size = products.reduce((a, b) => a + Math.abs(b), 0);
  if (Math.abs(result - sum) > 1e-5 * size) {
    throw new RangeError(
      `Cannot ${ACTION}: the result is ${result}, expected the products' sum, ${sum}`,
    );
  }
}

function pad(image: Matrix, padding: number): number[][] {
  const width = image[0].length + 2 * padding;
  const zeros = () => Array.from({ length: padding }, () => new Array<number>(width).fill(0));
  const side = new Array<number>(padding).fill(0);
  return [...zeros(), ...image.map((values) => [...side, ...values, ...side]), ...zeros()];
}

const factor = (value: number) => value < 0 ? `(${numeral(value)})` : numeral(value);

/** The products, a line for each row of the kernel, and their sum. */
function arithmetic(lines: readonly string[], sum: string): Drawing {
  const lineHeight = STYLE.textSize * 1.5;
  const svg = lines.map((line, i) =>
    text(i === 0 ? line : `+ ${line}`, { x: i === 0 ? 12 : 0, y: STYLE.textSize + i * lineHeight })
  );
  const end = STYLE.textSize + lines.length * lineHeight;
  return {
    svg: svg.join("") + text(sum, { x: 0, y: end, bold: true, fill: COLORS.vermilion }),
    width: Math.max(...lines.map((line) => textWidth(`+ ${line}`, { size: STYLE.textSize }))),
    height: end + 4,
  };
}
