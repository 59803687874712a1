import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { oneCycle, warmupCosine } from "../../lib/training/mod.ts";

Deno.test("oneCycle() rises linearly to its peak and falls linearly to 0", () => {
  const schedule = oneCycle({ peak: 2, warmup: 0.25 });
  assertEquals([0, 0.125, 0.25, 0.625].map(schedule), [0, 1, 2, 1]);
  assertAlmostEquals(schedule(1), 0, 1e-12);
});

Deno.test("warmupCosine() rises linearly and falls along half a cosine", () => {
  const schedule = warmupCosine({ peak: 2, warmup: 0.2 });
  assertAlmostEquals(schedule(0.1), 1, 1e-12);
  assertAlmostEquals(schedule(0.4), 1 + Math.SQRT1_2, 1e-12);
  assertAlmostEquals(schedule(0.6), 1, 1e-12);
  assertAlmostEquals(schedule(1), 0, 1e-12);
});

Deno.test("oneCycle() and warmupCosine() begin at the peak without a warm-up", () => {
  for (const make of [oneCycle, warmupCosine]) assertEquals(make({ peak: 3, warmup: 0 })(0), 3);
});

Deno.test("oneCycle() and warmupCosine() reject what makes no schedule", () => {
  for (const make of [oneCycle, warmupCosine]) {
    assertThrows(() => make({ peak: 0 }), RangeError, "peak is 0, must be above 0");
    assertThrows(() => make({ peak: NaN }), RangeError, "peak is NaN");
    assertThrows(() => make({ peak: 1, warmup: 1 }), RangeError, "warmup is 1, must be in [0, 1)");
  }
});
