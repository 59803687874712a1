import { type CurveOptions, learningCurves } from "../figures/mod.ts";
import type { EpochMetrics, TrainingObserver } from "../training/mod.ts";
import { liveOutput } from "./live_output.ts";

/** Milliseconds between two drawings of the curves: one takes about 40. */
const REDRAW_INTERVAL = 1000;

/**
 * An observer that draws the learning curves under the cell while a network trains, and keeps
 * them when it is done or stopped: `fit(model, images, { ..., observer: liveTraining() })`.
 *
 * Within an epoch they go on with the means of the images seen so far.
 */
export function liveTraining(options: CurveOptions = {}): TrainingObserver {
  const output = liveOutput();
  const history: EpochMetrics[] = [];
  let drawn = -Infinity;
  return {
    async onProgress(progress) {
      if (performance.now() - drawn < REDRAW_INTERVAL) return;
      await output.show(learningCurves(history, { ...options, progress }));
      drawn = performance.now();
    },
    async onEpochEnd(metrics, { epochs }) {
      history.push(metrics);
      await output.show(learningCurves(history, { ...options, epochs }));
      drawn = performance.now();
    },
  };
}
