import type { ImageDataset } from "../dataset/mod.ts";
import type { Nearest } from "./nearest.ts";
import { majorityVote, type VoteWeights } from "./vote.ts";

/** What the k nearest neighbours say, for one k. */
export interface PredictionsOfK {
  readonly k: number;
  /** `[queries]`: the classes that won the vote. */
  readonly predictions: Uint8Array;
}

/**
 * The predictions for several k from one search: the first neighbours of the greatest k are those
 * of every smaller one.
 *
 * @param nearest What `kneighbors` gave for the greatest k.
 * @param train The training images of that search.
 * @param options.k How many neighbours it gave.
 * @param options.ks The numbers of neighbours to vote.
 * @param options.weights How much their votes count. "uniform" if not given.
 * @throws {RangeError} If one of them is not a whole number from 1 to `k`.
 */
export function predictionsByK(
  { indices, distances }: Nearest,
  train: ImageDataset,
  { k, ks, weights = "uniform" }: {
    readonly k: number;
    readonly ks: readonly number[];
    readonly weights?: VoteWeights;
  },
): PredictionsOfK[] {
  const wrong = ks.find((few) => !Number.isInteger(few) || few < 1 || few > k);
  if (wrong !== undefined) {
    throw new RangeError(`Cannot let ${wrong} neighbours vote: there are ${k}, expected 1 to ${k}`);
  }
  const labels = Uint8Array.from(indices, (index) => train.label(index));
  return ks.map((few) => {
    const options = {
      k: few,
      classes: train.classes,
      distances: weights === "distance" ? distances.filter((_, i) => i % k < few) : undefined,
    };
    return { k: few, predictions: majorityVote(labels.filter((_, i) => i % k < few), options) };
  });
}
