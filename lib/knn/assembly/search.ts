// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { coarseLimit, fineLimit, measure, startNearest } from "./nearest.ts";
import { COARSE, COARSE_BYTES, FINE, FINE_BYTES, Index, Query } from "./records.ts";
import { arrange, sketches } from "./tables.ts";
import { addSquares, at, put, squares, sumLanes } from "./vectors.ts";

export { arrange, COARSE, FINE, sketches };

/** Cells whose mean is nearest to the query are searched before all others. */
const FIRST_CELLS: i32 = 4;

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
  startNearest(query, k);
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
