/** How much a neighbour's vote counts: all alike, or the more the nearer it is. */
export type VoteWeights = "uniform" | "distance";

/** What {@linkcode voteShares} needs besides the labels. */
export interface VoteOptions {
  /** Neighbours of each query. */
  readonly k: number;
  readonly classes: number;
  /**
   * `[queries, k]`: the neighbours' squared Euclidean distances. A vote counts 1 / distance, of the
   * distance itself, not its square; where a neighbour is at 0, only those at 0 vote. Every vote
   * counts 1 if not given.
   */
  readonly distances?: Uint32Array;
}

/**
 * The share of the k neighbours' votes that each class has, as scikit-learn's `predict_proba`
 * counts them.
 *
 * @param neighborLabels `[queries, k]`: labels of the neighbours, 0..classes-1.
 * @returns `[queries, classes]`: numbers of 0..1, a row adding up to 1.
 */
export function voteShares(
  neighborLabels: Uint8Array,
  { k, classes, distances }: VoteOptions,
): Float64Array {
  const queries = neighborLabels.length / k;
  const shares = new Float64Array(queries * classes);
  for (let query = 0; query < queries; query++) {
    const row = shares.subarray(query * classes, (query + 1) * classes);
    const [first, end] = [query * k, (query + 1) * k];
    // Nearest first: if any is at 0, this one is.
    const same = distances !== undefined && distances[first] === 0;
    let total = 0;
    for (let i = first; i < end; i++) {
      const vote = same ? Number(distances[i] === 0) : 1 / Math.sqrt(distances?.[i] ?? 1);
      row[neighborLabels[i]] += vote;
      total += vote;
    }
    row.forEach((votes, label) => row[label] = votes / total);
  }
  return shares;
}

/**
 * The class with the most votes of each query's neighbours; of those with equally many, the
 * smallest, as in scikit-learn.
 *
 * @param neighborLabels `[queries, k]`: labels of the neighbours, 0..classes-1.
 * @returns `[queries]`: the classes that won.
 */
export function majorityVote(neighborLabels: Uint8Array, options: VoteOptions): Uint8Array {
  const { k, classes } = options;
  const shares = voteShares(neighborLabels, options);
  return Uint8Array.from({ length: neighborLabels.length / k }, (_, query) => {
    const row = shares.subarray(query * classes, (query + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}
