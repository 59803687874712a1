import { setImmediate as nextTask } from "node:timers/promises";
import { batches, type ImageDataset } from "../dataset/mod.ts";
import type { Cluster } from "../tensorflow/mod.ts";
import type { Progress } from "./observer.ts";
import { type Means, RunningMeans, type Sums } from "./running_means.ts";
import type { Step } from "./steps.ts";

/** Milliseconds between two reports to the observer: each one makes the host wait for the device. */
const REPORT_INTERVAL = 250;

/** How {@linkcode goThrough} goes. */
export interface GoThroughOptions {
  /** What is done, for an error's message. */
  readonly action: string;
  readonly batchSize: number;
  readonly shuffle?: { readonly seed: number; readonly epoch: number };
  /** Takes its share of each batch, all workers together. */
  readonly cluster?: Cluster;
  readonly signal?: AbortSignal;
  /** Where an epoch that was left in the middle goes on. */
  readonly from?: { readonly step: number; readonly sums: Sums; readonly seconds: number };
  /** Called with the share of the epoch that is done. */
  readonly beforeStep?: (done: number) => void;
  /**
   * Called with the steps that are done, a way to the sums so far, and whether there will be no
   * more: a worker of the cluster is lost.
   */
  readonly afterStep?: (step: number, means: RunningMeans, isLast: boolean) => Promise<void>;
  readonly onProgress?: (progress: Omit<Progress, "epoch" | "epochs">) => void | Promise<void>;
}

/** Takes a step with each batch of a dataset; gives the means over all of them. */
export async function goThrough(
  dataset: ImageDataset,
  step: Step,
  { action, batchSize, shuffle, cluster, signal, from, beforeStep, afterStep, onProgress }:
    GoThroughOptions,
): Promise<Means> {
  const steps = Math.ceil(dataset.length / batchSize);
  const means = new RunningMeans({ action, sums: from?.sums });
  const started = performance.now();
  let reported = started;
  let done = from?.step ?? 0;
  let seen = done * batchSize;
  try {
    const parts = { size: batchSize, skip: done, ...shuffle, share: cluster };
    for (const { images, labels, total } of batches(dataset, parts)) {
      beforeStep?.(done / steps);
      const metrics = cluster === undefined
        ? step(images, labels)
        : await cluster.attend(step.later(images, labels));
      means.add(metrics, total);
      done++;
      seen += total;
      // Lets Ctrl-C and whatever draws the progress have their turn.
      await nextTask();
      if (onProgress !== undefined && performance.now() - reported >= REPORT_INTERVAL) {
        const seconds = (from?.seconds ?? 0) + (performance.now() - started) / 1000;
        await onProgress({ ...await means.read(), step: done, steps, images: seen, seconds });
        reported = performance.now();
      }
      await afterStep?.(done, means, false);
      signal?.throwIfAborted();
    }
    return await means.read();
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionAborted) await afterStep?.(done, means, true);
    throw error;
  } finally {
    means.dispose();
  }
}
