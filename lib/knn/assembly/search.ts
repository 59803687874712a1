// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { COARSE, COARSE_BYTES, FINE, FINE_BYTES, Index, Query } from "./records.ts";
import { sketch } from "./sketch.ts";
import { addSquares, at, pixelDistance, put, sumLanes } from "./vectors.ts";

export { COARSE, FINE };

/** Cells whose mean is nearest to the query are searched before all others. */
const FIRST_CELLS: i32 = 4;

/** The distance to beat, and what it means for sketches. */
let worst: i32 = 0;
let coarseLimit: i32 = 0;
let fineLimit: i32 = 0;

/** Writes the coarse sketches `[count, COARSE]` of `count` images. */
export function coarseSketches(
  index: Index,
  query: Query,
  pixels: usize,
  count: i32,
  to: usize,
): void {
  for (let i: i32 = 0; i < count; i++, pixels += <usize> index.size, to += COARSE_BYTES) {
    sketch(pixels, index, COARSE, query.products, to);
  }
}

/** Fills positions `from`..`to - 1` of the tables of sketches. */
export function arrange(index: Index, query: Query, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const image = <usize> at(index.order, i);
    const coarse = index.sketches + image * COARSE_BYTES;
    const fours = index.coarse + <usize> (i >> 2) * 4 * COARSE_BYTES;
    for (let j: i32 = 0; j < COARSE / 2; j++) put(fours, 4 * j + (i & 3), at(coarse, j));
    const pixels = index.pixels + image * <usize> index.size;
    sketch(pixels, index, FINE, query.products, index.fine + <usize> i * FINE_BYTES);
  }
}

/**
 * The greatest squared distance of two sketches of `count` numbers whose images are not farther
 * apart than `worst`. What a sketch rounds, 4 times the coordinates, is never farther apart than 4
 * times the images are; rounding moves either end by at most √count / 2; and the 1 and the 10⁻¹²
 * cover the rounding of this very expression.
 */
function limit(count: i32): i32 {
  const distance = 4.0 * sqrt<f64>(<f64> worst) + sqrt<f64>(<f64> count);
  return <i32> min<f64>(<f64> i32.MAX_VALUE, distance * distance * (1.0 + 1e-12) + 1.0);
}

function setWorst(distance: i32): void {
  worst = distance;
  coarseLimit = limit(COARSE);
  fineLimit = limit(FINE);
}

/** Squared distances of a coarse sketch to boxes; `lows` and `highs` alike are points. */
function boxDistances(sketch: usize, lows: usize, highs: usize, cells: i32, out: usize): void {
  const zero = i32x4.splat(0);
  for (let i: i32 = 0; i < cells; i += 4, out += 16) {
    let sums = zero;
    for (let j: usize = 0; j < COARSE_BYTES; j += 4, lows += 16, highs += 16) {
      const query = v128.load32_splat(sketch + j);
      const below = i16x8.sub(v128.load(lows), query), above = i16x8.sub(query, v128.load(highs));
      const outside = i16x8.max_s(zero, i16x8.max_s(below, above));
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(outside, outside));
    }
    v128.store(out, sums);
  }
}

/** Whether the fine sketch at a position is within the limit; most are not by a quarter of it. */
function isNear(index: Index, query: Query, position: i32): bool {
  let a = query.fine, b = index.fine + <usize> position * FINE_BYTES;
  let even = i32x4.splat(0), odd = i32x4.splat(0);
  for (let part: i32 = 0; part < 2; part++) {
    for (
      const end = query.fine + (part == 0 ? FINE_BYTES / 4 : FINE_BYTES);
      a < end;
      a += 32, b += 32
    ) {
      even = addSquares(even, v128.load(a), v128.load(b));
      odd = addSquares(odd, v128.load(a, 16), v128.load(b, 16));
    }
    if (sumLanes(i32x4.add(even, odd)) > fineLimit) return false;
  }
  return true;
}

/** Measures an image, and puts it in its place among the k nearest if it is one of them. */
function measure(index: Index, query: Query, image: i32, k: i32): void {
  const pixels = index.pixels + <usize> image * <usize> index.size;
  const distance = pixelDistance(query.pixels, pixels, index.size);
  const last = k - 1;
  if (distance > worst || (distance == worst && image > at(query.indices, last))) return;
  let place = last;
  for (; place > 0; place--) {
    const before = at(query.distances, place - 1), other = at(query.indices, place - 1);
    if (before < distance || (before == distance && other < image)) break;
    put(query.distances, place, before);
    put(query.indices, place, other);
  }
  put(query.distances, place, distance);
  put(query.indices, place, image);
  if (at(query.distances, last) != worst) setWorst(at(query.distances, last));
}

/** Searches one cell: four coarse sketches at once, then what is left one by one. */
function visit(index: Index, query: Query, cell: i32, k: i32): void {
  const from = at(index.starts, cell), to = at(index.starts, cell + 1);
  query.coarseCount += to - from;
  let table = index.coarse + <usize> (from >> 2) * 4 * COARSE_BYTES;
  for (let i = from; i < to; i += 4) {
    let sums = i32x4.splat(0);
    for (let j: usize = 0; j < COARSE_BYTES; j += 4, table += 16) {
      sums = addSquares(sums, v128.load(table), v128.load32_splat(query.coarse + j));
    }
    let near = i32x4.bitmask(i32x4.le_s(sums, i32x4.splat(coarseLimit)));
    for (; near; near &= near - 1) {
      const position = i + ctz(near);
      if (position >= to) break;
      query.fineCount++;
      if (!isNear(index, query, position)) continue;
      query.pixelCount++;
      measure(index, query, at(index.order, position), k);
    }
  }
}

/** Finds the `k` images nearest to the one at `pixels`, of at least as many. */
export function search(index: Index, query: Query, pixels: usize, k: i32): void {
  query.pixels = pixels;
  sketch(pixels, index, COARSE, query.products, query.coarse);
  sketch(pixels, index, FINE, query.products, query.fine);
  for (let i: i32 = 0; i < k; i++) {
    put(query.distances, i, i32.MAX_VALUE);
    put(query.indices, i, i32.MAX_VALUE);
  }
  setWorst(i32.MAX_VALUE);
  const cells = index.cells, boxes = query.boxes, means = query.means;
  boxDistances(query.coarse, index.lows, index.highs, cells, boxes);
  boxDistances(query.coarse, index.means, index.means, cells, means);
  for (let turn: i32 = 0; turn < FIRST_CELLS && turn < cells; turn++) {
    let best: i32 = 0;
    for (let cell: i32 = 1; cell < cells; cell++) {
      if (at(means, cell) < at(means, best)) best = cell;
    }
    visit(index, query, best, k);
    put(means, best, i32.MAX_VALUE);
    put(boxes, best, i32.MAX_VALUE);
  }
  for (let cell: i32 = 0; cell < cells; cell++) {
    const distance = at(boxes, cell);
    if (distance <= coarseLimit && distance < i32.MAX_VALUE) visit(index, query, cell, k);
  }
}
