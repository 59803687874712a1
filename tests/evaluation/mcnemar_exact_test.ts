import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mcnemarExact } from "../../lib/evaluation/mod.ts";

/** Labels of class 1, and predictions of which only A or only B gets the given numbers right. */
function discordant(onlyA: number, onlyB: number) {
  const labels = new Uint8Array(onlyA + onlyB + 2).fill(1);
  const a = new Uint8Array(labels.length).fill(1, 0, onlyA);
  const b = new Uint8Array(labels.length).fill(1, onlyA, onlyA + onlyB);
  a[labels.length - 1] = b[labels.length - 1] = 1;
  return { a, b, labels };
}

Deno.test("mcnemarExact() equals SciPy's exact binomial test, from few to thousands of pairs", () => {
  // scipy.stats.binomtest(b, b + c, 0.5).pvalue of SciPy 1.17.1
  const expected: [onlyA: number, onlyB: number, pValue: number][] = [
    [3, 0, 0.25],
    [0, 1, 1],
    [1, 4, 0.375],
    [10, 10, 1],
    [7, 20, 0.0191572904586792],
    [120, 160, 0.019606727290281328],
    [612, 480, 7.226115867806097e-05],
    [2_400, 2_601, 0.004677045349937062],
    [4_000, 6_000, 1.7404316412268293e-89],
    [5_000, 5_001, 1],
  ];
  for (const [onlyA, onlyB, pValue] of expected) {
    const { a, b, labels } = discordant(onlyA, onlyB);
    const test = mcnemarExact(a, b, labels);
    assertEquals([test.onlyACorrect, test.onlyBCorrect], [onlyA, onlyB]);
    assertAlmostEquals(test.pValue, pValue, pValue * 1e-9);
  }
});

Deno.test("mcnemarExact() finds no difference where there are no discordant images", () => {
  const labels = Uint8Array.of(1, 2, 3);
  const wrongAlike = Uint8Array.of(1, 2, 0);
  assertEquals(mcnemarExact(wrongAlike, wrongAlike, labels).pValue, 1);
});

Deno.test("mcnemarExact() rejects predictions of another length than the labels", () => {
  const two = new Uint8Array(2);
  const three = new Uint8Array(3);
  assertThrows(() => mcnemarExact(three, two, two), RangeError, "3 predictions, expected 2");
  assertThrows(() => mcnemarExact(two, three, two), RangeError, "3 predictions, expected 2");
});
