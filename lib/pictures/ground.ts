import type { GreyImage } from "./area_average.ts";

/** A picture seen from the ground that the garment lies on. */
export interface Relief {
  /** How far each pixel is above (positive) or below the ground, `[height, width]`, in levels. */
  readonly departures: Float32Array;
  /** The standard deviation of the ground itself, in levels. */
  readonly noise: number;
}

/** A pixel of the border: where it is, -1..1 across and down, and its grey level. */
interface Point {
  readonly u: number;
  readonly v: number;
  readonly value: number;
}

/** The ground's level at a point. */
type Surface = (u: number, v: number) => number;

/**
 * What the ground's level is a weighted sum of, beside a constant: light falls from one side, and
 * a lens darkens towards the corners.
 */
const SHAPES: readonly Surface[] = [
  (u) => u,
  (_u, v) => v,
  (u, v) => u ** 2 + v ** 2,
];

/** How far, in levels, a pixel of the border may at most be from the ground and belong to it. */
const TOLERANCE = 24;

/**
 * Finds the ground, which may be unevenly lit, from those pixels of the picture's border that lie
 * near the border's commonest level. The garment may reach the border, unless it has one level
 * along most of it.
 *
 * The ground is fitted by least squares to the pixels within three standard deviations of it,
 * these estimated by the median absolute deviation; five rounds settle which pixels they are.
 *
 * @param image Grey levels 0..255.
 */
export function reliefOf({ values, width, height }: GreyImage): Relief {
  const across = Float32Array.from({ length: width }, (_, x) => coordinate(x, width));
  const down = Float32Array.from({ length: height }, (_, y) => coordinate(y, height));
  const border: Point[] = [];
  const add = (x: number, y: number) =>
    border.push({ u: across[x], v: down[y], value: values[y * width + x] });
  for (let x = 0; x < width; x++) [0, height - 1].forEach((y) => add(x, y));
  for (let y = 1; y < height - 1; y++) [0, width - 1].forEach((x) => add(x, y));

  const { ground, noise } = fitGround(border);
  const departures = Float32Array.from(
    { length: width * height },
    (_, i) => values[i] - ground(across[i % width], down[Math.floor(i / width)]),
  );
  return { departures, noise };
}

function fitGround(border: readonly Point[]): { ground: Surface; noise: number } {
  const level = commonestLevel(border);
  let ground: Surface = () => level;
  let noise = 0;
  let tolerance = TOLERANCE;
  for (let round = 0; round < 5; round++) {
    const distance = ({ u, v, value }: Point) => Math.abs(value - ground(u, v));
    const near = border.filter((point) => distance(point) <= tolerance);
    if (near.length === 0) break;
    ground = leastSquares(near);
    // 1.4826: the standard deviation of normal values over their median absolute deviation.
    noise = 1.4826 * median(near.map(({ u, v, value }) => Math.abs(value - ground(u, v))));
    tolerance = Math.min(TOLERANCE, Math.max(2, 3 * noise));
  }
  return { ground, noise };
}

/** The level that most pixels are near: the peak of their histogram under a triangular window. */
function commonestLevel(points: readonly Point[]): number {
  const histogram = new Float64Array(256);
  for (const { value } of points) histogram[Math.round(value)]++;
  const reach = 16;
  let best = { level: 0, density: 0 };
  for (let level = 0; level < 256; level++) {
    let density = 0;
    for (let k = Math.max(-reach, -level); k <= Math.min(reach, 255 - level); k++) {
      density += histogram[level + k] * (reach + 1 - Math.abs(k));
    }
    if (density > best.density) best = { level, density };
  }
  return best.level;
}

function leastSquares(points: readonly Point[]): Surface {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const level = mean(({ value }) => value);
  const centred = SHAPES.map((shape) => {
    const middle = mean(({ u, v }) => shape(u, v));
    return (u: number, v: number) => shape(u, v) - middle;
  });
  // A little ridge: points that lie close together do not tell what is far from them.
  const equations = centred.map((row, i) => [
    ...centred.map((column, j) =>
      mean(({ u, v }) => row(u, v) * column(u, v)) + (i === j ? 0.001 : 0)
    ),
    mean(({ u, v, value }) => row(u, v) * (value - level)),
  ]);
  const weights = solve(equations);
  return (u, v) => centred.reduce((sum, shape, i) => sum + weights[i] * shape(u, v), level);
}

/** Solves a positive definite system, each row with its right side, by Gauss-Jordan elimination. */
function solve(rows: number[][]): number[] {
  rows.forEach((pivot, i) => {
    rows.forEach((row, j) => {
      if (j === i) return;
      const factor = row[i] / pivot[i];
      row.forEach((_, k) => row[k] -= factor * pivot[k]);
    });
  });
  return rows.map((row, i) => row[rows.length] / row[i]);
}

/** From -1 at the first pixel to 1 at the last. */
function coordinate(index: number, length: number): number {
  return length === 1 ? 0 : 2 * index / (length - 1) - 1;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
