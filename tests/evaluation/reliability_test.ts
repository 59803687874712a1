import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { reliability, softmaxRows, wilsonInterval } from "../../lib/evaluation/mod.ts";
import { CLASSES, EXAMPLE_LABELS, LOGITS } from "./calibration_example.ts";

/** Two classes, the first with these probabilities, each a fraction that float32 holds. */
const binary = (...first: number[]) => Float32Array.from(first.flatMap((p) => [p, 1 - p]));

Deno.test("reliability() gives the hand-computed bins and error", () => {
  // Confidences 0.625, 0.625, 0.875, 0.875, 0.75 (upper end of its bin), 1.
  const probabilities = binary(0.625, 0.375, 0.875, 0.125, 0.75, 1);
  const labels = Uint8Array.of(0, 0, 0, 1, 1, 0);
  const result = reliability(probabilities, labels, { classes: 2, bins: 4 });
  assertEquals(result.bins, [
    {
      low: 0.5,
      high: 0.75,
      count: 3,
      confidence: 2 / 3,
      accuracy: 1 / 3,
      interval: wilsonInterval(1, 3),
    },
    {
      low: 0.75,
      high: 1,
      count: 3,
      confidence: 2.75 / 3,
      accuracy: 1,
      interval: wilsonInterval(3, 3),
    },
  ]);
  assertEquals(result.count, 6);
  assertAlmostEquals(result.accuracy, 4 / 6, 1e-15);
  assertAlmostEquals(result.confidence, 4.75 / 6, 1e-15);
  // 3/6 * |1/3 - 2/3| + 3/6 * |1 - 2.75/3|
  assertAlmostEquals(result.expectedCalibrationError, 1 / 6 + 0.25 / 6, 1e-15);
});

Deno.test("reliability() agrees with NumPy on 40 images, 15 bins and 10, before and after a temperature", () => {
  // NumPy 2.4.6, SciPy 1.17.1: p = softmax(logits / T, axis=1).astype(np.float32); c = p.max(1);
  // which = np.digitize(c, np.linspace(0, 1, bins + 1), right=True) - 1; the sum over bins of
  // abs(ok[which == b].mean() - c[which == b].mean()) * (which == b).mean()
  const expected = [
    {
      temperature: 1,
      bins: 15,
      error: 0.3232080481946468,
      counts: [1, 4, 14, 1, 2, 2, 2, 3, 5, 6],
    },
    { temperature: 1, bins: 10, error: 0.29856268092989924, counts: [1, 7, 12, 3, 3, 6, 8] },
    {
      temperature: 2.193929476360231,
      bins: 15,
      error: 0.25840863734483716,
      counts: [1, 18, 4, 3, 5, 4, 4, 1],
    },
    {
      temperature: 2.193929476360231,
      bins: 10,
      error: 0.21965185999870301,
      counts: [19, 5, 7, 8, 1],
    },
  ];
  for (const { temperature, bins, error, counts } of expected) {
    const probabilities = softmaxRows(LOGITS, { classes: CLASSES, temperature });
    const result = reliability(probabilities, EXAMPLE_LABELS, { classes: CLASSES, bins });
    // float32 probabilities, each rounded in its own way.
    assertAlmostEquals(result.expectedCalibrationError, error, 1e-6);
    assertEquals(result.bins.map(({ count }) => count), counts);
    assertAlmostEquals(result.accuracy, 0.675, 1e-15);
  }
});

Deno.test("reliability() has 15 bins and ten classes if not told, and no error where all is as said", () => {
  const sure = new Float32Array(20);
  sure[3] = sure[17] = 1;
  const result = reliability(sure, Uint8Array.of(3, 7));
  assertEquals(result.expectedCalibrationError, 0);
  assertEquals(result.bins, [
    { low: 14 / 15, high: 1, count: 2, confidence: 1, accuracy: 1, interval: wilsonInterval(2, 2) },
  ]);
  const coin = reliability(binary(0.5, 0.5), Uint8Array.of(0, 1), { classes: 2 });
  assertEquals(coin.expectedCalibrationError, 0);
});

Deno.test("reliability() with one bin compares the mean confidence with the accuracy", () => {
  const options = { classes: 2, bins: 1 };
  const { expectedCalibrationError } = reliability(binary(0.75, 1), Uint8Array.of(0, 1), options);
  assertEquals(expectedCalibrationError, 0.375);
});

Deno.test("reliability() rejects what are no probabilities, labels or bins", () => {
  const labels = Uint8Array.of(0);
  const bad: [number[], Uint8Array, number, string][] = [
    [[], new Uint8Array(0), 15, "there are 0 rows of probabilities for 0 labels"],
    [[0.5, 0.5], Uint8Array.of(0, 1), 15, "there are 1 rows of probabilities for 2 labels"],
    [[0.5, 0.5, 0], labels, 15, "there are 3 probabilities, expected a multiple of 2"],
    [[0.5, 0.5], Uint8Array.of(2), 15, "label 0 is 2, expected 0 to 1"],
    [[2, -1], labels, 15, "probabilities of image 0 are 2, -1, expected numbers from 0 to 1"],
    [[0.5, 0.25], labels, 15, "probabilities of image 0 are 0.5, 0.25"],
    [[NaN, 1], labels, 15, "probabilities of image 0 are NaN, 1"],
    [[0.5, 0.5], labels, 0, "bins is 0, expected a whole number of at least 1"],
    [[0.5, 0.5], labels, 1.5, "bins is 1.5"],
    [[0.5, 0.5], labels, NaN, "bins is NaN"],
  ];
  for (const [probabilities, labels, bins, message] of bad) {
    assertThrows(
      () => reliability(Float32Array.from(probabilities), labels, { classes: 2, bins }),
      RangeError,
      message,
    );
  }
});
