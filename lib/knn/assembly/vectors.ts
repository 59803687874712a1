// @ts-nocheck: AssemblyScript, compiled to search.wasm by `deno task assembly`.

/** The 32-bit number at place `i` of a list. */
export function at(list: usize, i: i32): i32 {
  return load<i32>(list + (<usize> i << 2));
}

/** Writes a 32-bit number to place `i` of a list. */
export function put(list: usize, i: i32, value: i32): void {
  store<i32>(list + (<usize> i << 2), value);
}

/** The sum of four 32-bit lanes. */
export function sumLanes(lanes: v128): i32 {
  const halves = i32x4.add(
    lanes,
    i8x16.shuffle(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  );
  return i32x4.extract_lane(halves, 0) + i32x4.extract_lane(halves, 1);
}

/** The squared differences of eight 16-bit numbers, added up two by two. */
export function squares(a: v128, b: v128): v128 {
  const difference = i16x8.sub(a, b);
  return i32x4.dot_i16x8_s(difference, difference);
}

/** Adds {@linkcode squares} to four sums. */
export function addSquares(sums: v128, a: v128, b: v128): v128 {
  return i32x4.add(sums, squares(a, b));
}

/** The squared distance of two lists of `size` 8-bit pixels, a multiple of 16. */
export function pixelDistance(a: usize, b: usize, size: i32): i32 {
  let even = i32x4.splat(0), odd = i32x4.splat(0);
  for (const end = a + <usize> size; a < end; a += 16, b += 16) {
    even = addSquares(even, v128.load8x8_u(a), v128.load8x8_u(b));
    odd = addSquares(odd, v128.load8x8_u(a, 8), v128.load8x8_u(b, 8));
  }
  return sumLanes(i32x4.add(even, odd));
}
