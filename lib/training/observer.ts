import type { Means } from "./running_means.ts";

/** Where a running epoch is. */
export interface Progress extends Means {
  /** The running epoch, from 1, and how many there will be. */
  epoch: number;
  epochs: number;
  /** Steps of this epoch that are done, and how many it has. */
  step: number;
  steps: number;
  /** Images that this epoch has seen, and the seconds it has taken. */
  images: number;
  seconds: number;
}

/** One epoch's figures. */
export interface EpochMetrics extends Means {
  /** From 1. */
  epoch: number;
  /** Seconds that the training steps took, without the validation. */
  seconds: number;
  /** Loss and accuracy on the validation images after the epoch, if there are any. */
  validation?: Means;
}

/**
 * Watches a training run. Nothing that it does changes the run, unless it throws (which ends the
 * run) or aborts the run's signal. A promise that it returns is awaited.
 */
export interface TrainingObserver {
  /** Called about four times a second while an epoch runs, between two steps. */
  onProgress?(progress: Progress): void | Promise<void>;
  /** Called after each epoch and its validation. */
  onEpochEnd?(metrics: EpochMetrics, run: { epochs: number }): void | Promise<void>;
}

/** An observer that lets several watch, in turn. */
export function observers(...all: readonly TrainingObserver[]): TrainingObserver {
  return {
    async onProgress(progress) {
      for (const observer of all) await observer.onProgress?.(progress);
    },
    async onEpochEnd(metrics, run) {
      for (const observer of all) await observer.onEpochEnd?.(metrics, run);
    },
  };
}
