import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { fitTemperature, sparseCategoricalCrossentropy } from "../../lib/evaluation/mod.ts";
import { CLASSES, EXAMPLE_LABELS, LOGITS } from "./calibration_example.ts";

/** SciPy 1.17.1's root of the slope of the cross-entropy: 1 / brentq(slope, 0.01, 10, xtol=1e-15). */
const EXPECTED = 2.193929476360231;

const divided = (temperature: number) => LOGITS.map((logit) => logit / temperature);
const lossAt = (temperature: number) =>
  sparseCategoricalCrossentropy(divided(temperature), EXAMPLE_LABELS, { classes: CLASSES });

Deno.test("fitTemperature() finds what SciPy finds, and no temperature of a grid has a smaller loss", () => {
  const temperature = fitTemperature(LOGITS, EXAMPLE_LABELS, { classes: CLASSES });
  assertAlmostEquals(temperature, EXPECTED, 1e-12);
  // Of SciPy's logsumexp.
  assertAlmostEquals(lossAt(1), 1.3621593408448895, 1e-12);
  const least = lossAt(temperature);
  assertAlmostEquals(least, 1.1818100554896156, 1e-7);
  for (let step = -400; step <= 400; step++) {
    if (step !== 0) assert(lossAt(temperature * 1.01 ** step) > least);
  }
});

Deno.test("fitTemperature() grows with the logits' scale and ignores what is added to a row", () => {
  for (const scale of [2 ** -100, 2 ** -10, 2, 2 ** 100]) {
    const temperature = fitTemperature(LOGITS.map((logit) => logit * scale), EXAMPLE_LABELS, {
      classes: CLASSES,
    });
    assertAlmostEquals(temperature / scale, EXPECTED, 1e-12);
  }
  const moved = LOGITS.map((logit, i) => logit + Math.floor(i / CLASSES) - 20);
  assertAlmostEquals(
    fitTemperature(moved, EXAMPLE_LABELS, { classes: CLASSES }),
    EXPECTED,
    1e-12,
  );
});

Deno.test("fitTemperature() finds temperatures below 1 and above, by hand", () => {
  // Always 2 logits apart and right in n - 1 of n: log(n - 1) = 2 / T.
  for (const n of [3, 4, 9, 100, 100_000]) {
    const logits = Float32Array.from({ length: 2 * n }, (_, i) => i % 2 === 0 ? 2 : 0);
    const labels = new Uint8Array(n).fill(1, n - 1);
    const temperature = fitTemperature(logits, labels, { classes: 2 });
    assertAlmostEquals(temperature * Math.log(n - 1) / 2, 1, 1e-9);
  }
});

Deno.test("fitTemperature() has ten classes if not told and leaves the logits as they are", () => {
  // Nine of ten right by 3 logits among ten classes: 0.9 = e^(3/T) / (e^(3/T) + 9).
  const logits = Float32Array.from({ length: 100 }, (_, i) => i % 10 === 0 ? 3 : 0);
  const copy = logits.slice();
  const labels = new Uint8Array(10).fill(1, 9);
  assertAlmostEquals(fitTemperature(logits, labels), 3 / Math.log(81), 1e-12);
  assert(logits.every((logit, i) => logit === copy[i]));
});

Deno.test("fitTemperature() says where the cross-entropy has no minimum", () => {
  const right =
    "all 2 images are right, so that the cross-entropy falls until the temperature is 0";
  const chance = "the labels' logits are no greater than the average logit";
  const bad: [number[], number[], string][] = [
    [[2, 0, 0, 3], [0, 1], right],
    [[2, 0, 1, 1], [0, 1], right],
    [[2, 0, 0, 3], [1, 0], chance],
    [[2, 0, 2, 0], [1, 0], chance],
    [[5, 5, 5, 5], [1, 0], chance],
  ];
  for (const [logits, labels, message] of bad) {
    assertThrows(
      () => fitTemperature(Float32Array.from(logits), Uint8Array.from(labels), { classes: 2 }),
      RangeError,
      `Cannot fit a temperature: ${message}`,
    );
  }
});

Deno.test("fitTemperature() rejects logits that are not finite and what does not fit", () => {
  const bad: [number[], number[], string][] = [
    [[NaN, 0], [0], "image 0, class 0 is NaN, expected a finite number"],
    [[0, Infinity], [0], "image 0, class 1 is Infinity"],
    [[0, 0, -Infinity, 0], [0, 1], "image 1, class 0 is -Infinity"],
    [[], [], "there are 0 rows of logits for 0 labels, expected one a label and at least 1"],
    [[1, 0], [0, 1], "there are 1 rows of logits for 2 labels"],
    [[1, 0, 1], [0], "there are 3 logits, expected a multiple of 2"],
    [[1, 0], [2], "label 0 is 2, expected 0 to 1"],
  ];
  for (const [logits, labels, message] of bad) {
    assertThrows(
      () => fitTemperature(Float32Array.from(logits), Uint8Array.from(labels), { classes: 2 }),
      RangeError,
      `Cannot fit a temperature: ${message}`,
    );
  }
});
