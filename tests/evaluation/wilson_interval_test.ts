import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { wilsonInterval } from "../../lib/evaluation/mod.ts";

Deno.test("wilsonInterval() equals SciPy's and statsmodels'", () => {
  // scipy.stats.binomtest(k, n).proportion_ci(0.95, "wilson") of SciPy 1.17.1; the value
  // with a fraction by statsmodels 0.15.0's proportion_confint(k, n, method="wilson")
  const expected: [successes: number, trials: number, low: number, high: number][] = [
    [8_554, 10_000, 0.8483703632704975, 0.8621566906876255],
    [9_224, 10_000, 0.9169925882562693, 0.9274830099201832],
    [1, 3, 0.06149194472039626, 0.7923403991979523],
    [9_045.5, 10_000, 0.8986345942482389, 0.9101547126700466],
  ];
  for (const [successes, trials, low, high] of expected) {
    const interval = wilsonInterval(successes, trials);
    assertAlmostEquals(interval[0], low, 1e-14);
    assertAlmostEquals(interval[1], high, 1e-14);
  }
});

Deno.test("wilsonInterval() ends at 0 and 1 where there are no successes or no failures", () => {
  for (const trials of [1, 10, 9_999, 10_000]) {
    assertAlmostEquals(wilsonInterval(0, trials)[0], 0, 1e-15);
    assertAlmostEquals(wilsonInterval(trials, trials)[1], 1, 1e-15);
    assertEquals(wilsonInterval(0, trials)[0] >= 0, true);
    assertEquals(wilsonInterval(trials, trials)[1] <= 1, true);
  }
  // SciPy 1.17.1, as above
  assertAlmostEquals(wilsonInterval(0, 10)[1], 0.27753279986288926, 1e-14);
  assertAlmostEquals(wilsonInterval(10, 10)[0], 0.7224672001371109, 1e-14);
});

Deno.test("wilsonInterval() rejects counts out of range", () => {
  assertThrows(() => wilsonInterval(0, 0), RangeError, "trials is 0");
  assertThrows(() => wilsonInterval(1, 2.5), RangeError, "trials is 2.5");
  for (const successes of [-1, 11, NaN]) {
    assertThrows(() => wilsonInterval(successes, 10), RangeError, `successes is ${successes}`);
  }
});
