// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.
import { Index } from "./records.ts";
import { at, pixelDistance, put, sumLanes } from "./vectors.ts";

/** `[FINE]`: the scalar products of the centred pixels and the first `count` directions. */
function project(pixels: usize, index: Index, count: i32, products: usize): void {
  const row = <usize> index.size << 1;
  let weights = index.directions;
  for (let j: i32 = 0; j < count; j += 4, weights += 3 * row) {
    let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0);
    for (let i: usize = 0; i < <usize> index.size; i += 8, weights += 16) {
      const x = i16x8.sub(v128.load8x8_u(pixels + i), v128.load8x8_u(index.centre + i));
      a = i32x4.add(a, i32x4.dot_i16x8_s(x, v128.load(weights)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(x, v128.load(weights + row)));
      c = i32x4.add(c, i32x4.dot_i16x8_s(x, v128.load(weights + 2 * row)));
      d = i32x4.add(d, i32x4.dot_i16x8_s(x, v128.load(weights + 3 * row)));
    }
    put(products, j, sumLanes(a));
    put(products, j + 1, sumLanes(b));
    put(products, j + 2, sumLanes(c));
    put(products, j + 3, sumLanes(d));
  }
}

/**
 * Writes the sketch of an image: 4 times its coordinates along `count - 1` directions, and 4 times
 * the norm of what they leave, each rounded.
 */
export function sketch(
  pixels: usize,
  index: Index,
  count: i32,
  products: usize,
  to: usize,
): void {
  project(pixels, index, count, products);
  // Whole numbers below 2⁵³, so exact: the squared norm times 2²⁶.
  let rest = <f64> pixelDistance(pixels, index.centre, index.size) * 67108864.0;
  for (let j: i32 = 0; j < count - 1; j++, to += 2) {
    const product = at(products, j);
    rest -= <f64> product * <f64> product;
    store<i16>(to, <i16> ((product + 1024) >> 11));
  }
  store<i16>(to, <i16> nearest<f64>(sqrt<f64>(rest) / 2048.0));
}
