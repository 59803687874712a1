// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { COARSE, COARSE_BYTES, FINE, FINE_BYTES, Index, Query } from "./records.ts";
import { takeTwo, writeSketch } from "./sketch.ts";
import { at, put } from "./vectors.ts";

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
