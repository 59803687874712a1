import type { ImageDataset } from "../dataset/mod.ts";
import type { Nearest } from "../knn/mod.ts";

/** A query and the image that is nearest to it. */
export interface Twins {
  /** The query's position. */
  readonly query: number;
  /** The position of its nearest image among those that were searched. */
  readonly match: number;
  /** The root mean square difference of their pixels, 0..255. */
  readonly difference: number;
  /** Whether both carry one label. */
  readonly sameLabel: boolean;
}

/**
 * Each query and its nearest image, those most alike first.
 *
 * @param nearest What `kneighbors(queries)` gave.
 * @param options.train The images that were searched.
 */
export function closestTwins(
  { indices, distances }: Nearest,
  queries: ImageDataset,
  { train }: { readonly train: ImageDataset },
): Twins[] {
  const k = indices.length / queries.length;
  const pixels = queries.height * queries.width;
  const twins = Array.from({ length: queries.length }, (_, query): Twins => {
    const match = indices[query * k];
    return {
      query,
      match,
      difference: Math.sqrt(distances[query * k] / pixels),
      sameLabel: train.label(match) === queries.label(query),
    };
  });
  return twins.sort((a, b) => a.difference - b.difference);
}

/** Of twins within one dataset, where two images may be each other's nearest, every pair once. */
export function pairsOnce(twins: readonly Twins[]): Twins[] {
  const seen = new Set<string>();
  return twins.filter(({ query, match }) => {
    const pair = `${Math.min(query, match)} ${Math.max(query, match)}`;
    return !seen.has(pair) && seen.add(pair);
  });
}

/** How many twins differ by less than a limit, and how many of those carry two labels. */
export function twinsWithin(
  twins: readonly Twins[],
  limit: number,
): { readonly count: number; readonly twoLabels: number } {
  const near = twins.filter(({ difference }) => difference < limit);
  return { count: near.length, twoLabels: near.filter(({ sameLabel }) => !sameLabel).length };
}
