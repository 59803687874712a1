// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { COARSE, COARSE_BYTES, FINE, FINE_BYTES, Index, Query } from "./records.ts";
import { takeTwo, writeSketch } from "./sketch.ts";
import { addSquares, at, pixelDistance, put, squares, sumLanes } from "./vectors.ts";

export { COARSE, FINE };

/** Cells whose mean is nearest to the query are searched before all others. */
const FIRST_CELLS: i32 = 4;

/** The distance to beat, and what it means for sketches. */
let worst: i32 = 0;
let coarseLimit: i32 = 0;
let fineLimit: i32 = 0;

/** Writes the sketches of `count` images: coarse ones, and fine ones as well unless `fine` is 0. */
export function sketches(
  index: Index,
  query: Query,
  pixels: usize,
  count: i32,
  coarse: usize,
  fine: usize,
): void {
  for (let i: i32 = 0; i < count; i += 2) {
    const a = pixels + <usize> i * <usize> index.size;
    const b = i + 1 < count ? a + <usize> index.size : a;
    takeTwo(index, query, a, b, fine ? FINE : COARSE);
    for (let which: i32 = 0; which < 2 && i + which < count; which++) {
      const image = which ? b : a;
      writeSketch(index, query, which, image, COARSE, coarse);
      coarse += COARSE_BYTES;
      if (!fine) continue;
      writeSketch(index, query, which, image, FINE, fine);
      fine += FINE_BYTES;
    }
  }
}

/** The pixels of the image at a position. */
function pixelsAt(index: Index, position: i32): usize {
  return index.pixels + <usize> at(index.order, position) * <usize> index.size;
}

/** Fills positions `from`..`to - 1` of the tables of sketches. */
export function arrange(index: Index, query: Query, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const coarse = index.sketches + <usize> at(index.order, i) * COARSE_BYTES;
    const fours = index.coarse + <usize> (i >> 2) * 4 * COARSE_BYTES;
    for (let j: i32 = 0; j < COARSE / 2; j++) put(fours, 4 * j + (i & 3), at(coarse, j));
  }
  for (let i = from; i < to; i += 2) {
    const a = pixelsAt(index, i), b = i + 1 < to ? pixelsAt(index, i + 1) : a;
    const fine = index.fine + <usize> i * FINE_BYTES;
    takeTwo(index, query, a, b, FINE);
    writeSketch(index, query, 0, a, FINE, fine);
    if (i + 1 < to) writeSketch(index, query, 1, b, FINE, fine + FINE_BYTES);
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

/** The squared distance of the first quarter of two fine sketches, of 64 bytes each. */
function firstQuarter(a: usize, b: usize): i32 {
  let even = squares(v128.load(a), v128.load(b)), odd = squares(v128.load(a, 16), v128.load(b, 16));
  even = addSquares(even, v128.load(a, 32), v128.load(b, 32));
  odd = addSquares(odd, v128.load(a, 48), v128.load(b, 48));
  return sumLanes(i32x4.add(even, odd));
}

/** That of the rest. */
function otherQuarters(a: usize, b: usize): i32 {
  let even = i32x4.splat(0), odd = i32x4.splat(0);
  for (let j: usize = FINE_BYTES / 4; j < FINE_BYTES; j += 64) {
    even = addSquares(even, v128.load(a + j), v128.load(b + j));
    odd = addSquares(odd, v128.load(a + j, 16), v128.load(b + j, 16));
    even = addSquares(even, v128.load(a + j, 32), v128.load(b + j, 32));
    odd = addSquares(odd, v128.load(a + j, 48), v128.load(b + j, 48));
  }
  return sumLanes(i32x4.add(even, odd));
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

/**
 * Searches one cell, in stages that each pass a shorter list on. An image is written to the list
 * before it is known to belong there, and the next one over it if it did not: a processor guesses
 * wrong at branches that nothing foretells, and waits for memory at each wrong guess.
 */
function visit(index: Index, query: Query, cell: i32, k: i32): void {
  const from = at(index.starts, cell), to = at(index.starts, cell + 1);
  const list = query.list, sums = query.sums, fine = query.fine, fines = index.fine;
  query.coarseCount += to - from;
  let count: i32 = 0;
  const limit = i32x4.splat(coarseLimit), coarse = query.coarse;
  const a = v128.load32_splat(coarse), b = v128.load32_splat(coarse, 4);
  const c = v128.load32_splat(coarse, 8), d = v128.load32_splat(coarse, 12);
  const e = v128.load32_splat(coarse, 16), f = v128.load32_splat(coarse, 20);
  const g = v128.load32_splat(coarse, 24), h = v128.load32_splat(coarse, 28);
  let table = index.coarse + <usize> (from >> 2) * 4 * COARSE_BYTES;
  for (let i = from; i < to; i += 4, table += 4 * COARSE_BYTES) {
    let even = squares(v128.load(table), a), odd = squares(v128.load(table, 16), b);
    even = addSquares(even, v128.load(table, 32), c);
    odd = addSquares(odd, v128.load(table, 48), d);
    even = addSquares(even, v128.load(table, 64), e);
    odd = addSquares(odd, v128.load(table, 80), f);
    even = addSquares(even, v128.load(table, 96), g);
    odd = addSquares(odd, v128.load(table, 112), h);
    const near = i32x4.bitmask(i32x4.le_s(i32x4.add(even, odd), limit));
    if (near == 0) continue;
    put(list, count, i);
    count += near & 1;
    put(list, count, i + 1);
    count += near >> 1 & 1;
    put(list, count, i + 2);
    count += near >> 2 & 1;
    put(list, count, i + 3);
    count += near >> 3;
  }
  // Behind the last image of all there may be up to three others' worth of nothing.
  while (count > 0 && at(list, count - 1) >= to) count--;
  query.fineCount += count;

  let left: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const position = at(list, i);
    const sketch = fines + <usize> position * FINE_BYTES;
    const distance = firstQuarter(fine, sketch);
    put(list, left, position);
    put(sums, left, distance);
    left += i32(distance <= fineLimit);
  }
  count = left;
  left = 0;
  for (let i: i32 = 0; i < count; i++) {
    const position = at(list, i);
    const sketch = fines + <usize> position * FINE_BYTES;
    const distance = at(sums, i) + otherQuarters(fine, sketch);
    put(list, left, position);
    put(sums, left, distance);
    left += i32(distance <= fineLimit);
  }
  for (let i: i32 = 0; i < left; i++) {
    // Images measured before this one may have lowered the limit.
    if (at(sums, i) > fineLimit) continue;
    query.pixelCount++;
    measure(index, query, at(index.order, at(list, i)), k);
  }
}

/** Finds the `k` images nearest to one, of at least as many, given its pixels and sketches. */
export function search(
  index: Index,
  query: Query,
  pixels: usize,
  coarse: usize,
  fine: usize,
  k: i32,
): void {
  query.pixels = pixels;
  query.coarse = coarse;
  query.fine = fine;
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
