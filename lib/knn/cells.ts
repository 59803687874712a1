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
    const middle = from + ((to - from) >> 3 << 2);
    const part = order.subarray(from, to);
    partition(part, sketches, { by: widest(sketches, part), first: middle - from });
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

/**
 * Brings the `first` images with the least of the sketches' numbers `by` to the front. All keep
 * their order otherwise, and of those with the same number the front gets the first.
 */
function partition(
  images: Uint32Array,
  sketches: Int16Array,
  { by, first }: { readonly by: number; readonly first: number },
): void {
  // Whole numbers of 0..2¹⁶ − 1, counted by their high bytes and those of one by their low bytes.
  const values = new Uint16Array(images.length);
  for (let i = 0; i < values.length; i++) values[i] = sketches[images[i] * COARSE + by] + 2 ** 15;
  const [highs, lows] = [new Uint32Array(256), new Uint32Array(256)];
  for (const value of values) highs[value >> 8]++;
  const high = bucketOf(first, highs);
  for (const value of values) if (value >> 8 === high.bucket) lows[value & 255]++;
  const low = bucketOf(first - high.before, lows);
  const middle = high.bucket << 8 | low.bucket;
  let ties = first - high.before - low.before;
  const behind = new Uint32Array(images.length - first);
  let [ahead, back] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const isFront = values[i] < middle || values[i] === middle && ties-- > 0;
    if (isFront) images[ahead++] = images[i];
    else behind[back++] = images[i];
  }
  images.set(behind, first);
}

/** The bucket in which the value at a place lies, all sorted, and how many lie in those before. */
function bucketOf(place: number, counts: Uint32Array): { bucket: number; before: number } {
  let [bucket, before] = [0, 0];
  while (before + counts[bucket] <= place) before += counts[bucket++];
  return { bucket, before };
}
