import type { Nearest } from "../knn/mod.ts";

/** A query and the image that is nearest to it. */
export interface Twins {
  /** The query's position. */
  readonly query: number;
  /** The position of its nearest image among those that were searched. */
  readonly match: number;
  /** The root mean square difference of their pixels, 0..255. */
  readonly difference: number;
}

/**
 * The queries that are most like their nearest image, most alike first.
 *
 * @param nearest What `kneighbors` gave.
 * @param options.pixels How many pixels an image has, 784 if not given.
 * @param options.count How many at most.
 */
export function closestTwins(
  { indices, distances }: Nearest,
  { queries, count, pixels = 784 }: {
    readonly queries: number;
    readonly count: number;
    readonly pixels?: number;
  },
): Twins[] {
  const k = indices.length / queries;
  const twins = Array.from({ length: queries }, (_, query) => ({
    query,
    match: indices[query * k],
    difference: Math.sqrt(distances[query * k] / pixels),
  }));
  return twins.sort((a, b) => a.difference - b.difference).slice(0, count);
}
