import { setImmediate as nextTask } from "node:timers/promises";
import { UMAP } from "umap-js";
import { randomStream } from "../tensorflow/mod.ts";

/** How {@linkcode umap} goes about it. */
export interface UmapOptions {
  /** Fixes the map. */
  readonly seed: number;
  /** How many neighbours a point is kept near to, 15 if not given. */
  readonly neighbors?: number;
  /** How near points may come to each other on the map, 0..1; more spreads crowds. 0.1 if not given. */
  readonly minDistance?: number;
  /** Is told now and then how many of how many steps are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops after the current step. */
  readonly signal?: AbortSignal;
}

/**
 * A map of points in the plane on which neighbours stay neighbours, `[points][2]`, by umap-js.
 *
 * Source: McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection for
 * Dimension Reduction", 2018.
 *
 * @param points Rows of equal length.
 * @throws {RangeError} If there are not more points than neighbours, or `minDistance` is not 0..1.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function umap(
  points: readonly (readonly number[])[],
  { seed, neighbors = 15, minDistance = 0.1, onProgress, signal }: UmapOptions,
): Promise<[x: number, y: number][]> {
  if (points.length <= neighbors) {
    throw new RangeError(
      `Cannot map ${points.length} points: there must be more than ${neighbors} neighbours`,
    );
  }
  if (!(minDistance >= 0 && minDistance <= 1)) {
    throw new RangeError(`Cannot map points: minDistance is ${minDistance}, expected 0 to 1`);
  }
  const map = new UMAP({
    nComponents: 2,
    nNeighbors: neighbors,
    minDist: minDistance,
    random: randomStream(seed, "umap"),
  });
  const steps = map.initializeFit(points.map((point) => [...point]));
  for (let step = 1; step <= steps; step++) {
    signal?.throwIfAborted();
    map.step();
    if (step % 10 === 0 || step === steps) {
      onProgress?.(step, steps);
      await nextTask();
    }
  }
  return map.getEmbedding().map(([x, y]) => [x, y]);
}
