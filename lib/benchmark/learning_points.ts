import { imagesSeen } from "../training/mod.ts";
import { isKnnResult, type NetworkResult, type RunResult } from "./run_result.ts";

/**
 * What a run had learnt after each epoch, as points for lib/figures' `lineChart`: `y` is the
 * accuracy on its validation images in percent. No points for neighbours, nor of an epoch without
 * validation.
 *
 * @param options.against What `x` is. `images`: how many million images it had been trained on,
 *   each counted as often as it was seen. `arithmetic`: how many 10^12 floating-point operations
 *   that took, an image's gradient counted as twice its prediction.
 */
export function learningPoints(
  run: RunResult,
  { against = "images" }: { readonly against?: "images" | "arithmetic" } = {},
): { x: number; y: number }[] {
  if (isKnnResult(run)) return [];
  const images = imagesSeen(run.recipe) / run.recipe.epochs;
  const cost = against === "images" ? 1e-6 : 3 * flopsOfOneView(run) / 1e12;
  return run.history.flatMap(({ epoch, validation }) =>
    validation === undefined ? [] : [{ x: epoch * images * cost, y: 100 * validation.accuracy }]
  );
}

/** Operations to look at an image once, as training does. */
function flopsOfOneView({ flopsPerImage, recipe }: NetworkResult): number {
  return recipe.views === undefined ? flopsPerImage : flopsPerImage / 2;
}
