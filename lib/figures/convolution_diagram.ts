import { beside, type Drawing, stack, text, titled } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { textWidth } from "./font.ts";
import { frameCells, type Matrix, matrixDrawing, numeral, over } from "./matrix.ts";
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
 * @throws {RangeError} If the position is not one of the result's.
 */
export function convolutionDiagram(
  image: Matrix,
  kernel: Matrix,
  { output, position: [row, column], stride = 1, padding = 0, title }: ConvolutionDiagramOptions,
): Figure {
  const result = output[row]?.[column];
  if (result === undefined) {
    throw new RangeError(
      `Cannot draw a convolution: position is [${row}, ${column}], the result has ` +
        `${output.length} x ${output[0]?.length} cells`,
    );
  }
  const padded = pad(image, padding);
  const [top, left] = [row * stride, column * stride];
  const size = kernel.length;
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
