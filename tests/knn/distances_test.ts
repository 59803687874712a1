import { assertEquals, assertThrows } from "@std/assert";
import { hammingDistance, squaredEuclideanDistance } from "../../lib/knn/mod.ts";

const A = Uint8Array.of(0, 10, 255, 7);
const B = Uint8Array.of(255, 13, 0, 7);

Deno.test("squaredEuclideanDistance() sums squares, also where bytes would wrap around", () => {
  assertEquals(squaredEuclideanDistance(A, B), 255 ** 2 + 3 ** 2 + 255 ** 2);
  assertEquals(squaredEuclideanDistance(B, A), squaredEuclideanDistance(A, B));
  assertEquals(squaredEuclideanDistance(A, A), 0);
});

Deno.test("hammingDistance() counts differing places, however much they differ", () => {
  assertEquals(hammingDistance(A, B), 3);
  assertEquals(hammingDistance(A, A), 0);
});

Deno.test("hammingDistance() is squaredEuclideanDistance() for zeros and ones", () => {
  const [a, b] = [[0, 1, 1, 0, 1], [1, 1, 0, 0, 0]];
  assertEquals(hammingDistance(a, b), 3);
  assertEquals(squaredEuclideanDistance(a, b), 3);
});

Deno.test("distances of lists of different sizes are refused", () => {
  for (const distance of [squaredEuclideanDistance, hammingDistance]) {
    assertThrows(() => distance([1, 2], [1]), RangeError, "there are 2 and 1 values");
  }
});
