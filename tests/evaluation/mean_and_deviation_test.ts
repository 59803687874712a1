import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { meanAndDeviation } from "../../lib/evaluation/mod.ts";

Deno.test("meanAndDeviation() equals NumPy's mean and std(ddof=1)", () => {
  const { mean, sd } = meanAndDeviation([0.9001, 0.9094, 0.9061]);
  assertAlmostEquals(mean, 0.9052, 1e-15);
  assertAlmostEquals(sd ?? NaN, 0.004714870093650503, 1e-15); // NumPy 2.4.6
});

Deno.test("meanAndDeviation() has no deviation for one value", () => {
  assertEquals(meanAndDeviation([0.8554]), { mean: 0.8554, sd: null });
});

Deno.test("meanAndDeviation() rejects no values", () => {
  assertThrows(() => meanAndDeviation([]), RangeError, "0 values, expected at least 1");
});
