import type { ImageDataset } from "../dataset/mod.ts";
import type { Nearest } from "../knn/mod.ts";

/** An image all of whose nearest neighbours carry one other label. */
export interface Disagreement {
  /** Its position among the queries. */
  readonly index: number;
  /** The label of the neighbours. */
  readonly neighbours: number;
  /** The squared Euclidean distance to the nearest of them. */
  readonly distance: number;
}

/**
 * The queries whose nearest neighbours agree among themselves and not with the query's label,
 * those with the nearest neighbours first: candidates for a wrong label.
 *
 * @param nearest What `kneighbors(queries)` gave.
 * @param options.train The images that were searched.
 */
export function disagreements(
  { indices, distances }: Nearest,
  queries: ImageDataset,
  { train }: { readonly train: ImageDataset },
): Disagreement[] {
  const k = indices.length / queries.length;
  const found: Disagreement[] = [];
  for (let index = 0; index < queries.length; index++) {
    const neighbours = train.label(indices[index * k]);
    if (neighbours === queries.label(index)) continue;
    const agree = indices.subarray(index * k, (index + 1) * k)
      .every((position) => train.label(position) === neighbours);
    if (agree) found.push({ index, neighbours, distance: distances[index * k] });
  }
  return found.sort((a, b) => a.distance - b.distance);
}
