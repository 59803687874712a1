import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { holm } from "../../lib/evaluation/mod.ts";

Deno.test("holm() gives the adjusted values of a worked example, in the order given", () => {
  // By hand: 0.005·4, 0.01·3, 0.03·2, 0.04·1 raised to the one before it.
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((value, i) => assertAlmostEquals(adjusted[i], value, 1e-12));
});

Deno.test("holm() never exceeds 1, keeps equal values equal, and takes one test or none", () => {
  assertEquals(holm([0.9, 0.6]), [1, 1]);
  assertEquals(holm([0.25, 0.25]), [0.5, 0.5]);
  assertEquals(holm([0.03]), [0.03]);
  assertEquals(holm([]), []);
});

Deno.test("holm() refuses what is no probability", () => {
  assertThrows(() => holm([0.1, NaN]), RangeError, "number 1 is NaN");
  assertThrows(() => holm([-0.1]), RangeError, "expected 0 to 1");
});
