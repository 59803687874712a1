import { assertEquals } from "@std/assert";
import { comparePairs } from "../../lib/benchmark/mod.ts";
import { mcnemarExact } from "../../lib/evaluation/mod.ts";
import { KNN_RESULT, LABELS, networkResult } from "./fixtures.ts";

Deno.test("comparePairs() compares the smallest seeds of the measured rows, two by two", () => {
  // Both get the same 780 images wrong, and the neighbours 666 more.
  const runs = [networkResult(1, 900), KNN_RESULT, networkResult(0, 780)];
  const [pair, ...others] = comparePairs(runs, LABELS);
  assertEquals(others, []);
  assertEquals([pair.a, pair.b], ["knn", "small-cnn"]);
  assertEquals([pair.onlyACorrect, pair.onlyBCorrect], [0, 666]);
  const { predictions } = KNN_RESULT.test;
  const { pValue } = mcnemarExact(predictions, runs[2].test.predictions, LABELS);
  assertEquals(pair.pValue, pValue);
});

Deno.test("comparePairs() corrects for the number of pairs", () => {
  const dense = { ...networkResult(0, 1_460), model: "dense" as const };
  const pairs = comparePairs([networkResult(0, 1_450), dense, KNN_RESULT], LABELS);
  assertEquals(pairs.map(({ a, b }) => `${a} ${b}`), [
    "knn dense",
    "knn small-cnn",
    "dense small-cnn",
  ]);
  // 14, 4 and 10 images on one side: 2⁻¹³, 2⁻³ and 2⁻⁹, times 3, 1 and 2.
  assertEquals(pairs.map(({ pValue }) => Math.round(Math.log2(pValue))), [-13, -3, -9]);
  const [first, second, third] = pairs;
  assertEquals(Math.round(first.adjustedPValue / first.pValue), 3);
  assertEquals(Math.round(second.adjustedPValue / second.pValue), 1);
  assertEquals(Math.round(third.adjustedPValue / third.pValue), 2);
});

Deno.test("comparePairs() has nothing to compare with one row", () => {
  assertEquals(comparePairs([KNN_RESULT], LABELS), []);
});
