// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { FINE, Index, Query } from "./records.ts";
import { at, pixelDistance, put, sumLanes } from "./vectors.ts";

/** Writes the centred pixels of an image, 16 bits each. */
function centre(pixels: usize, index: Index, to: usize): void {
  for (let i: usize = 0; i < <usize> index.size; i += 8) {
    const x = i16x8.sub(v128.load8x8_u(pixels + i), v128.load8x8_u(index.centre + i));
    v128.store(to + 2 * i, x);
  }
}

/**
 * The scalar products of two images' centred pixels and the first `count` directions. Two images
 * at once need half the directions' way from the second cache to the registers.
 */
function project(index: Index, query: Query, count: i32): void {
  const row = <usize> index.size << 1, first = query.centred, second = query.centred + row;
  const products = query.products, others = query.products + 4 * FINE;
  let weights = index.directions;
  for (let j: i32 = 0; j < count; j += 4, weights += 4 * row) {
    let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0);
    let e = i32x4.splat(0), f = i32x4.splat(0), g = i32x4.splat(0), h = i32x4.splat(0);
    for (let i: usize = 0; i < row; i += 16) {
      const x = v128.load(first + i), y = v128.load(second + i), at = weights + i;
      const k = v128.load(at), l = v128.load(at + row);
      a = i32x4.add(a, i32x4.dot_i16x8_s(x, k));
      e = i32x4.add(e, i32x4.dot_i16x8_s(y, k));
      b = i32x4.add(b, i32x4.dot_i16x8_s(x, l));
      f = i32x4.add(f, i32x4.dot_i16x8_s(y, l));
      const m = v128.load(at + 2 * row), n = v128.load(at + 3 * row);
      c = i32x4.add(c, i32x4.dot_i16x8_s(x, m));
      g = i32x4.add(g, i32x4.dot_i16x8_s(y, m));
      d = i32x4.add(d, i32x4.dot_i16x8_s(x, n));
      h = i32x4.add(h, i32x4.dot_i16x8_s(y, n));
    }
    put4(products, j, sumLanes(a), sumLanes(b), sumLanes(c), sumLanes(d));
    put4(others, j, sumLanes(e), sumLanes(f), sumLanes(g), sumLanes(h));
  }
}

function put4(list: usize, i: i32, a: i32, b: i32, c: i32, d: i32): void {
  put(list, i, a);
  put(list, i + 1, b);
  put(list, i + 2, c);
  put(list, i + 3, d);
}

/** Takes two images for {@linkcode writeSketch}, the same one twice if there is no other. */
export function takeTwo(index: Index, query: Query, a: usize, b: usize, count: i32): void {
  centre(a, index, query.centred);
  centre(b, index, query.centred + (<usize> index.size << 1));
  project(index, query, count);
}

/**
 * Writes the sketch of the first or second of the two images taken: 4 times its coordinates along
 * `count - 1` directions, and 4 times the norm of what they leave, each rounded.
 */
export function writeSketch(
  index: Index,
  query: Query,
  which: i32,
  pixels: usize,
  count: i32,
  to: usize,
): void {
  const products = query.products + <usize> which * 4 * FINE;
  // Whole numbers below 2⁵³, so exact: the squared norm times 2²⁶.
  let rest = <f64> pixelDistance(pixels, index.centre, index.size) * 67108864.0;
  for (let j: i32 = 0; j < count - 1; j++, to += 2) {
    const product = at(products, j);
    rest -= <f64> product * <f64> product;
    store<i16>(to, <i16> ((product + 1024) >> 11));
  }
  store<i16>(to, <i16> nearest<f64>(sqrt<f64>(rest) / 2048.0));
}
