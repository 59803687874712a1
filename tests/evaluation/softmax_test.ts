import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { softmaxRows } from "../../lib/evaluation/mod.ts";

Deno.test("softmaxRows() gives exp(x) / Σ exp(x), each row on its own", () => {
  const logits = Float32Array.of(1, 2, 3, -1, 0, 0.5);
  // Python: math.exp(x) / sum(math.exp(x) for x in row).
  const expected = [
    0.09003057,
    0.24472847,
    0.66524096,
    0.12195165,
    0.33149896,
    0.54654939,
  ];
  softmaxRows(logits, { classes: 3 }).forEach((probability, i) =>
    assertAlmostEquals(probability, expected[i], 1e-7)
  );
});

Deno.test("softmaxRows() neither overflows nor underflows to nothing", () => {
  const rows = softmaxRows(Float32Array.of(3e38, -3e38, -1000, -1001), { classes: 2 });
  assertEquals([...rows.subarray(0, 2)], [1, 0]);
  assertAlmostEquals(rows[2], 1 / (1 + Math.exp(-1)), 1e-7);
  assertAlmostEquals(rows[2] + rows[3], 1, 1e-7);
});

Deno.test("softmaxRows() has ten classes if not told, and leaves the logits as they are", () => {
  const logits = new Float32Array(20).fill(7);
  assert(softmaxRows(logits).every((probability) => Math.abs(probability - 0.1) < 1e-8));
  assert(logits.every((logit) => logit === 7));
  assertEquals(softmaxRows(new Float32Array(0)), new Float32Array(0));
});

Deno.test("softmaxRows() rejects classes, lengths and logits that are none", () => {
  const action = "Cannot compute probabilities:";
  for (const classes of [0, -1, 1.5, NaN, 257]) {
    assertThrows(
      () => softmaxRows(new Float32Array(10), { classes }),
      RangeError,
      `${action} classes is ${classes}, expected 1 to 256`,
    );
  }
  assertThrows(
    () => softmaxRows(new Float32Array(11)),
    RangeError,
    `${action} there are 11 logits, expected a multiple of 10`,
  );
  for (const logit of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => softmaxRows(new Float32Array(20).with(13, logit)),
      RangeError,
      `${action} image 1, class 3 is ${logit}, expected a finite number`,
    );
  }
});

Deno.test("softmaxRows() divides the logits by the temperature", () => {
  const logits = Float32Array.of(1, 2, 4, 3e38, -3e38, 0);
  const halved = Float32Array.of(0.5, 1, 2, 1.5e38, -1.5e38, 0);
  const options = { classes: 3 };
  assertEquals(softmaxRows(logits, { ...options, temperature: 2 }), softmaxRows(halved, options));
  const coldest = softmaxRows(logits, { ...options, temperature: Number.MIN_VALUE });
  assertEquals(coldest, Float32Array.of(0, 0, 1, 1, 0, 0));
});

Deno.test("softmaxRows() rejects temperatures that are none", () => {
  for (const temperature of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => softmaxRows(new Float32Array(10), { temperature }),
      RangeError,
      `Cannot compute probabilities: temperature is ${temperature}, expected a finite number above 0`,
    );
  }
});
