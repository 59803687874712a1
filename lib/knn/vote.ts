/**
 * The class that most of the k neighbours of each query have, every neighbour with one
 * vote; where classes have equally many, the smallest, as in scikit-learn.
 *
 * @param neighborLabels `[queries, k]`: labels of the neighbours, 0..classes-1.
 * @returns `[queries]`: the classes that won.
 */
export function majorityVote(
  neighborLabels: Uint8Array,
  { k, classes }: { k: number; classes: number },
): Uint8Array {
  return Uint8Array.from({ length: neighborLabels.length / k }, (_, query) => {
    const votes = new Uint32Array(classes);
    for (const label of neighborLabels.subarray(query * k, (query + 1) * k)) votes[label]++;
    return votes.indexOf(Math.max(...votes));
  });
}
