/** Grey pixels of any range, and how they lie. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** `[height, width]`, row-major. */
  readonly values: ArrayLike<number>;
}

/** A width and a height, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** A pixel of the new size along one side: the old pixels that it covers, from `first` on. */
interface Span {
  readonly first: number;
  /** What share of the new pixel each of them is; together 1. */
  readonly shares: readonly number[];
}

/**
 * Resizes what lies in `box`: each new pixel is the mean of the area that it covers, of which old
 * pixels may be a part only. Nothing aliases, thin lines grow fainter but stay, and pixels that
 * were blown up a whole number of times come back as they were.
 *
 * @param size The new size; it may be the greater one.
 * @returns The new pixels, `[height, width]` of `size`.
 */
export function areaAverage({ values, width }: GreyImage, box: Box, size: Size): Float32Array {
  const columns = spans(box.left, box.width, size.width);
  const narrow = new Float32Array(box.height * size.width);
  for (let y = 0; y < box.height; y++) {
    const row = (box.top + y) * width;
    columns.forEach(({ first, shares }, x) => {
      let sum = 0;
      shares.forEach((share, i) => sum += share * values[row + first + i]);
      narrow[y * size.width + x] = sum;
    });
  }
  const result = new Float32Array(size.height * size.width);
  spans(0, box.height, size.height).forEach(({ first, shares }, y) => {
    for (let x = 0; x < size.width; x++) {
      let sum = 0;
      shares.forEach((share, i) => sum += share * narrow[(first + i) * size.width + x]);
      result[y * size.width + x] = sum;
    }
  });
  return result;
}

function spans(start: number, length: number, count: number): Span[] {
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * length / count, (i + 1) * length / count];
    const first = Math.floor(from);
    const shares = Array.from({ length: Math.ceil(to) - first }, (_, k) => {
      const covered = Math.min(to, first + k + 1) - Math.max(from, first + k);
      return covered * count / length;
    });
    return { first: start + first, shares };
  });
}
