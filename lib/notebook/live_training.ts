import { type CurveOptions, learningCurves } from "../figures/mod.ts";
import type { EpochMetrics, TrainingObserver } from "../training/mod.ts";
import { liveOutput } from "./live_output.ts";

/** Milliseconds between two drawings of the curves: one takes about 40. */
const REDRAW_INTERVAL = 1000;

/**
 * An observer that draws the learning curves under the cell while a network trains, and keeps
 * them when it is done or stopped: `fit(model, images, { ..., observer: liveTraining() })`.
 *
 * They are drawn once a second at most, and after the last epoch. Within an epoch they go on with
 * the means of the images seen so far. A second run with the same observer begins another figure.
 */
export function liveTraining(options: CurveOptions = {}): TrainingObserver {
  let output = liveOutput();
  let history: EpochMetrics[] = [];
  let drawn = -Infinity;
  const isDue = () => performance.now() - drawn >= REDRAW_INTERVAL;
  const draw = async (running: CurveOptions) => {
    await output.show(learningCurves(history, { ...options, ...running }));
    drawn = performance.now();
  };
  const beginAt = (epoch: number) => {
    if (epoch === history.length + 1) return;
    output = liveOutput();
    history = [];
    drawn = -Infinity;
  };
  return {
    async onProgress(progress) {
      beginAt(progress.epoch);
      if (isDue()) await draw({ progress, epochs: progress.epochs });
    },
    async onEpochEnd(metrics, { epochs }) {
      beginAt(metrics.epoch);
      history.push(metrics);
      if (isDue() || metrics.epoch === epochs) await draw({ epochs });
    },
  };
}
