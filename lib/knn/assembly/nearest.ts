// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { COARSE, FINE, Index, Query } from "./records.ts";
import { at, pixelDistance, put } from "./vectors.ts";

/** The distance to beat, and what it means for sketches. */
export let worst: i32 = 0;
export let coarseLimit: i32 = 0;
export let fineLimit: i32 = 0;

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

/** Measures an image, and puts it in its place among the k nearest if it is one of them. */
export function measure(index: Index, query: Query, image: i32, k: i32): void {
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

/** Forgets the neighbours of the last query. */
export function startNearest(query: Query, k: i32): void {
  for (let i: i32 = 0; i < k; i++) {
    put(query.distances, i, i32.MAX_VALUE);
    put(query.indices, i, i32.MAX_VALUE);
  }
  setWorst(i32.MAX_VALUE);
}
