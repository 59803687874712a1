import { assertWhole, shapeOf } from "./checks.ts";
import type { Matrix } from "./matrix.ts";

/** A window of `size` x `size` cells that slides over an image. */
export interface SlidingWindow {
  /** What cannot be done, for the messages. */
  readonly action: string;
  /** With the padding, if there is any. */
  readonly image: Matrix;
  readonly size: number;
  /** Cells from one place to the next. */
  readonly stride: number;
  /** The row and the column of one of the result's cells. */
  readonly position?: readonly [row: number, column: number];
}

/**
 * Asserts that a matrix has a cell for each place of the window, and the position.
 *
 * @throws {RangeError} If it has not, or the stride is not a whole number of at least 1.
 */
export function assertOutput(
  output: Matrix,
  { action, image, size, stride, position }: SlidingWindow,
): void {
  assertWhole(stride, { action, name: "stride" });
  const [rows, columns] = shapeOf(output, { action, name: "result" });
  const places = (cells: number) => Math.max(0, Math.floor((cells - size) / stride) + 1);
  const expected = [places(image.length), places(image[0].length)];
  if (rows !== expected[0] || columns !== expected[1]) {
    throw new RangeError(
      `Cannot ${action}: the result has ${rows} x ${columns} cells, expected ` +
        `${expected.join(" x ")} places of the ${size} x ${size} window`,
    );
  }
  if (position !== undefined && output[position[0]]?.[position[1]] === undefined) {
    throw new RangeError(
      `Cannot ${action}: position is [${position.join(", ")}], the result has ` +
        `${rows} x ${columns} cells`,
    );
  }
}
