import type { Evaluation } from "./evaluate.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/**
 * The 95 % interval of an evaluation's accuracy, `[low, high]`, each 0..1: what the number of its
 * images leaves open, by {@linkcode wilsonInterval}.
 *
 * @throws {RangeError} If there are no images.
 */
export function accuracyInterval(
  { accuracy, labels }: Pick<Evaluation, "accuracy" | "labels">,
): [low: number, high: number] {
  return wilsonInterval(accuracy * labels.length, labels.length);
}
