import { imagesSeen } from "../training/mod.ts";
import { isKnnResult, type RunResult } from "./run_result.ts";

/**
 * What a run had learnt after each epoch, as points for lib/figures' `lineChart`: `x` is how many
 * million images it had been trained on, each counted as often as it was seen, and `y` the accuracy
 * on its validation images in percent. No points for neighbours, nor of an epoch without validation.
 */
export function learningPoints(run: RunResult): { x: number; y: number }[] {
  if (isKnnResult(run)) return [];
  const images = imagesSeen(run.recipe) / run.recipe.epochs;
  return run.history.flatMap(({ epoch, validation }) =>
    validation === undefined ? [] : [{ x: epoch * images / 1e6, y: 100 * validation.accuracy }]
  );
}
