import { assertAlmostEquals, assertThrows } from "@std/assert";
import { modelledStep, stepModel } from "../../../lib/benchmark/speed/mod.ts";

/** 10 ms and 1 ms an image; two workers send 1 MB each in 5 ms. */
const MEASURED = [
  { batchSize: 64, workers: 1, step: 0.074, reduction: 0, bytes: 1e6 },
  { batchSize: 16, workers: 1, step: 0.026, reduction: 0, bytes: 1e6 },
  { batchSize: 64, workers: 2, step: 0.05, reduction: 0.005, bytes: 1e6 },
];

Deno.test("modelledStep() adds arithmetic, what is sent and the latency", () => {
  const model = stepModel(MEASURED);
  assertAlmostEquals(model.fixed, 0.01, 1e-12);
  assertAlmostEquals(model.handled, 2e8, 1e-3);
  const at = (workers: number) =>
    modelledStep(model, { batchSize: 64, workers, bitsPerSecond: 1e9 });
  assertAlmostEquals(at(1), 0.074, 1e-12);
  // 1 MB at 1 Gbit/s are 8 ms; four workers send 1.5 MB.
  assertAlmostEquals(at(2), 0.01 + 0.032 + 0.008 + 0.005 + 2e-4, 1e-12);
  assertAlmostEquals(at(4), 0.01 + 0.016 + 0.012 + 0.0075 + 6e-4, 1e-12);
});

Deno.test("stepModel() needs two batches of one worker, and several workers", () => {
  assertThrows(() => stepModel(MEASURED.slice(1)), RangeError, "1 of the measured steps");
  assertThrows(() => stepModel(MEASURED.slice(0, 2)), RangeError, "0 by several");
});
