import { COARSE } from "./search_layout.ts";

/** Which images stand together. */
export interface Cells {
  /** `[count]`: the images, cell by cell. */
  readonly order: Uint32Array;
  /** `[cells + 1]`: the place in `order` where each cell starts, a multiple of 4, and the end. */
  readonly starts: Uint32Array;
}

/** A cell's spread is estimated on about as many of its images. */
const SAMPLE = 256;

/**
 * Divides images into cells of images that are like each other: halved at the median of the number
 * that varies most, and the halves again, as in a k-d tree (J. L. Bentley, "Multidimensional binary
 * search trees used for associative searching", Communications of the ACM 18 (1975), 509–517).
 *
 * @param sketches `[count, COARSE]`.
 * @param options.cells How many, a power of 2; at most an eighth of the images.
 */
export function divideIntoCells(
  sketches: Int16Array,
  { cells }: { readonly cells: number },
): Cells {
  const count = sketches.length / COARSE;
  const order = Uint32Array.from({ length: count }, (_, image) => image);
  const starts = [0];
  const halve = (from: number, to: number, cells: number) => {
    if (cells === 1) {
      starts.push(to);
      return;
    }
    const part = order.subarray(from, to);
    sortBy(widest(sketches, part), sketches, part);
    const middle = from + ((to - from) >> 3 << 2);
    halve(from, middle, cells / 2);
    halve(middle, to, cells / 2);
  };
  halve(0, count, cells);
  return { order, starts: Uint32Array.from(starts) };
}

/** The number of the sketches that varies most among some images. */
function widest(sketches: Int16Array, images: Uint32Array): number {
  const step = Math.ceil(images.length / SAMPLE);
  const variances = Array.from({ length: COARSE }, (_, j) => {
    let [sum, squares, seen] = [0, 0, 0];
    for (let i = 0; i < images.length; i += step, seen++) {
      const value = sketches[images[i] * COARSE + j];
      sum += value;
      squares += value ** 2;
    }
    return squares / seen - (sum / seen) ** 2;
  });
  return variances.indexOf(Math.max(...variances));
}

/** Sorts images by one number of their sketches; as single numbers, which sort fastest. */
function sortBy(j: number, sketches: Int16Array, images: Uint32Array): void {
  const keys = new Float64Array(images.length);
  images.forEach((image, i) =>
    keys[i] = (sketches[image * COARSE + j] + 2 ** 15) * 2 ** 32 + image
  );
  keys.sort().forEach((key, i) => images[i] = key % 2 ** 32);
}
