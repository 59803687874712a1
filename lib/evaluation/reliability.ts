import { argmaxRows } from "./logits.ts";
import { assertLabelled } from "./rows.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/** Whether a classifier is right as often as it says. */
export interface Reliability {
  /** The bins that have images, from the least confidence to the greatest. */
  readonly bins: readonly ReliabilityBin[];
  /** The number of images. */
  readonly count: number;
  /** The mean of the greatest probability, 0..1. */
  readonly confidence: number;
  /** The share of images whose class was predicted, 0..1. */
  readonly accuracy: number;
  /** The mean of `|accuracy - confidence|` over the bins, weighted by their images, 0..1. */
  readonly expectedCalibrationError: number;
}

/** The images whose confidence is above `low` and at most `high`. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  /** The number of its images, at least 1. */
  readonly count: number;
  /** The mean of their greatest probability, low..high. */
  readonly confidence: number;
  /** The share of them whose class was predicted, 0..1. */
  readonly accuracy: number;
  /** The 95 % interval of that accuracy, by {@linkcode wilsonInterval}. */
  readonly interval: readonly [low: number, high: number];
}

const ACTION = "measure reliability";

/**
 * Compares how sure a classifier is with how often it is right: images are sorted into bins of
 * equal width by their confidence, the greatest probability.
 *
 * Sources: M. P. Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
 * 2015; C. Guo et al., "On Calibration of Modern Neural Networks", 2017, section 2, whose bins
 * these are: one holds its upper end, not its lower.
 *
 * @param probabilities Row-major, `[count, classes]`, each row adding up to 1: of
 *   {@linkcode softmaxRows}, for instance, with or without a temperature.
 * @param labels True classes, `[count]`, each in 0..classes-1.
 * @param options.bins How many bins, 15 if not given.
 * @throws {RangeError} If the shapes do not fit, there are no rows, a label is out of range, a
 *   value is not in 0..1, a row does not add up to 1 within 0.001, or `bins` is not a whole number
 *   of at least 1.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { reliability } from "./mod.ts";
 *
 * // Twice 75 % sure, once right.
 * const probabilities = Float32Array.of(0.75, 0.25, 0.75, 0.25);
 * const result = reliability(probabilities, Uint8Array.of(0, 1), { classes: 2 });
 * assertAlmostEquals(result.expectedCalibrationError, 0.25);
 * ```
 */
export function reliability(
  probabilities: Float32Array,
  labels: Uint8Array,
  { classes = 10, bins = 15 }: { readonly classes?: number; readonly bins?: number } = {},
): Reliability {
  assertLabelled(probabilities, labels, { action: ACTION, classes, values: "probabilities" });
  assertDistributions(probabilities, classes);
  if (!Number.isSafeInteger(bins) || bins < 1) {
    throw new RangeError(
      `Cannot ${ACTION}: bins is ${bins}, expected a whole number of at least 1`,
    );
  }
  const sums = new Map<number, Sums>();
  const all: Sums = { count: 0, confidence: 0, correct: 0 };
  argmaxRows(probabilities, { classes }).forEach((prediction, row) => {
    const confidence = probabilities[row * classes + prediction];
    const bin = Math.ceil(confidence * bins) - 1;
    const own = sums.get(bin) ?? { count: 0, confidence: 0, correct: 0 };
    sums.set(bin, own);
    for (const sum of [own, all]) {
      sum.count++;
      sum.confidence += confidence;
      if (prediction === labels[row]) sum.correct++;
    }
  });
  const filled = [...sums].sort(([a], [b]) => a - b).map(([bin, sum]): ReliabilityBin => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    ...means(sum),
    interval: wilsonInterval(sum.correct, sum.count),
  }));
  const error = filled.reduce(
    (sum, { count, accuracy, confidence }) => sum + count * Math.abs(accuracy - confidence),
    0,
  );
  return { bins: filled, ...means(all), expectedCalibrationError: error / all.count };
}

/** Sums over some images. */
interface Sums {
  count: number;
  confidence: number;
  correct: number;
}

const means = ({ count, confidence, correct }: Sums) => ({
  count,
  confidence: confidence / count,
  accuracy: correct / count,
});

function assertDistributions(probabilities: Float32Array, classes: number): void {
  for (let start = 0; start < probabilities.length; start += classes) {
    const row = probabilities.subarray(start, start + classes);
    const sum = row.reduce((a, b) => a + b);
    if (!(Math.abs(sum - 1) <= 1e-3 && row.every((value) => value >= 0 && value <= 1))) {
      throw new RangeError(
        `Cannot ${ACTION}: probabilities of image ${start / classes} are ${row.join(", ")}, ` +
          "expected numbers from 0 to 1 that add up to 1",
      );
    }
  }
}
