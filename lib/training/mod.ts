/**
 * Training: the loop, who watches it, and the recipes of both studies.
 *
 * @module
 */
export { type AugmentedCopiesOptions, withAugmentedCopies } from "./augmented_copies.ts";
export { type CheckpointOptions } from "./checkpoints.ts";
export { latestCheckpoint, removeCheckpoints } from "./checkpoint_folder.ts";
export { fit, type TrainingRun } from "./fit.ts";
export { type FitOptions } from "./fit_options.ts";
export { fitRecipe, type FitRecipeOptions } from "./fit_recipe.ts";
export { kernelGradient } from "./kernel_gradient.ts";
export { crossEntropy, type CrossEntropyOptions } from "./loss.ts";
export { type EpochMetrics, observers, type Progress, type TrainingObserver } from "./observer.ts";
export { type ProgressBar, progressBar, type TerminalOptions } from "./progress_bar.ts";
export {
  type AugmentationName,
  AUGMENTATIONS,
  imagesSeen,
  type OptimizerName,
  OPTIMIZERS,
  type Recipe,
  RECIPES,
  recipesOf,
} from "./recipes.ts";
export { type Means } from "./running_means.ts";
export { oneCycle, type Schedule, type ScheduleOptions, warmupCosine } from "./schedules.ts";
export { tensorBoard } from "./tensor_board.ts";
export { terminalProgress } from "./terminal_progress.ts";
