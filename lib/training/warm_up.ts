import { setImmediate as nextTask } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { type ImageDataset, shareOf } from "../dataset/mod.ts";
import type { Cluster } from "../tensorflow/mod.ts";
import type { Step } from "./steps.ts";

/** What {@linkcode warmUp} has to know. */
export interface WarmUpOptions {
  /** Those that the steps will see: the first by the first step, the second by the second. */
  readonly datasets: readonly (ImageDataset | undefined)[];
  readonly batchSize: number;
  /** Takes its share of each batch, all workers together. */
  readonly cluster?: Cluster;
  /** Cuts it short, but for a cluster: its workers do the same, and stop at their first step. */
  readonly signal?: AbortSignal;
  /** All that the steps change. */
  readonly state: ReadonlyMap<string, tf.Variable>;
}

/** How often a jit function runs as it is before it replays. */
const RUNS = 2;

/**
 * Runs each step on black images of each size of batch, and undoes what that has changed, so that
 * all steps from then on are replayed. A replay's last bits are not those of the same step run
 * operation by operation: without this, a run that goes on in the middle would differ from one
 * that was never stopped.
 */
export async function warmUp(
  steps: readonly Step[],
  { datasets, batchSize, cluster, signal, state }: WarmUpOptions,
): Promise<void> {
  const before = new Map(Array.from(state.values(), (variable) => [variable, tf.clone(variable)]));
  for (const [i, step] of steps.entries()) {
    const dataset = datasets[i];
    if (dataset === undefined) continue;
    const { height, width, length } = dataset;
    for (const total of new Set([Math.min(batchSize, length), length % batchSize])) {
      if (total === 0) continue;
      const [start, end] = shareOf(total, cluster);
      const size = end - start;
      const images = tf.zeros<tf.Rank.R4>([size, height, width, 1]);
      const labels = tf.zeros<tf.Rank.R1>([size], "int32");
      for (let run = 0; run < RUNS; run++) {
        if (cluster === undefined && signal?.aborted) break;
        const metrics = cluster === undefined
          ? step(images, labels)
          : await cluster.attend(step.later(images, labels));
        await metrics.data();
        metrics.dispose();
        // Lets Ctrl-C have its turn.
        await nextTask();
      }
      tf.dispose([images, labels]);
    }
  }
  before.forEach((value, variable) => {
    variable.assign(value);
    value.dispose();
  });
}
