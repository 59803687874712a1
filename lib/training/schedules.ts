/** The learning rate by how much of the run is done, from 0 to below 1. */
export type Schedule = (done: number) => number;

/** What {@linkcode oneCycle} and {@linkcode warmupCosine} are made from. */
export interface ScheduleOptions {
  /** The highest learning rate. */
  readonly peak: number;
  /**
   * The share of the run in which the learning rate rises, in [0, 1).
   *
   * @default {0.2}
   */
  readonly warmup?: number;
}

/**
 * A learning rate that rises linearly from 0 to its peak and then falls linearly to 0.
 *
 * Source: Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
 * Learning Rates", 2019, section 3.
 *
 * @throws {RangeError} If the peak is not above 0 and finite, or the warm-up outside [0, 1).
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { oneCycle } from "./mod.ts";
 *
 * const schedule = oneCycle({ peak: 0.1, warmup: 0.2 });
 * assertAlmostEquals(schedule(0.1), 0.05);
 * assertAlmostEquals(schedule(0.6), 0.05);
 * ```
 */
export function oneCycle({ peak, warmup = 0.2 }: ScheduleOptions): Schedule {
  return cycle({ peak, warmup }, (fall) => 1 - fall);
}

/**
 * A learning rate that rises linearly from 0 to its peak and then falls to 0 along half a cosine.
 *
 * Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017,
 * equation 5, without restarts; the warm-up is that of Goyal et al., "Accurate, Large Minibatch
 * SGD", 2017, section 2.2.
 *
 * @throws {RangeError} As {@linkcode oneCycle} does.
 */
export function warmupCosine({ peak, warmup = 0.2 }: ScheduleOptions): Schedule {
  return cycle({ peak, warmup }, (fall) => (1 + Math.cos(Math.PI * fall)) / 2);
}

function cycle(
  { peak, warmup }: Required<ScheduleOptions>,
  share: (fall: number) => number,
): Schedule {
  if (!(peak > 0 && peak < Infinity)) {
    throw new RangeError(`Cannot make a schedule: peak is ${peak}, must be above 0`);
  }
  if (!(warmup >= 0 && warmup < 1)) {
    throw new RangeError(`Cannot make a schedule: warmup is ${warmup}, must be in [0, 1)`);
  }
  return (done) =>
    done < warmup ? peak * done / warmup : peak * share((done - warmup) / (1 - warmup));
}
