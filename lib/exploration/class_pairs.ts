import type { ConfusionMatrix } from "../evaluation/mod.ts";

/** Two classes, and how close they are by two measures. */
export interface ClassPair {
  readonly pair: readonly [a: number, b: number];
  /** The share of the images of both whose nearest neighbour is of the other class, 0..1. */
  readonly mixed: number;
  /** How far their mean images lie apart. */
  readonly distance: number;
  /** The place of that distance among those of all pairs; 1 is the closest. */
  readonly rank: number;
}

/**
 * Each two classes once, those first whose images are most often each other's nearest neighbours.
 *
 * @param taken How often the nearest neighbour of an image of one class is of another,
 *   `taken[class][neighbour's class]`: the confusion matrix of one neighbour.
 * @param distances The distances of the mean images, `classDistances(images)`.
 * @throws {RangeError} If these are not of equally many classes, or two classes have no image.
 */
export function mixedPairs(
  taken: ConfusionMatrix,
  distances: readonly (readonly number[])[],
): ClassPair[] {
  if (taken.length !== distances.length) {
    throw new RangeError(
      `Cannot compare classes: there are neighbours of ${taken.length} and distances of ` +
        `${distances.length} classes, expected as many`,
    );
  }
  const totals = taken.map((counts) => counts.reduce((sum, count) => sum + count, 0));
  const pairs = distances.flatMap((row, a) =>
    row.flatMap((distance, b) => {
      if (b <= a) return [];
      const images = totals[a] + totals[b];
      if (images === 0) {
        throw new RangeError(`Cannot compare classes: ${a} and ${b} have no image, expected one`);
      }
      return [{ pair: [a, b] as const, mixed: (taken[a][b] + taken[b][a]) / images, distance }];
    })
  );
  return pairs.sort((one, other) => one.distance - other.distance)
    .map((pair, i) => ({ ...pair, rank: i + 1 }))
    .sort((one, other) => other.mixed - one.mixed);
}
