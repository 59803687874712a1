import { randomStream } from "../tensorflow/mod.ts";
import { shuffle } from "./shuffle.ts";

/** How a dataset is split in two. */
export interface SplitOptions {
  /** How many images the validation part gets: at least 1, and fewer than there are. */
  validation: number;
  /** Decides which images they are. */
  seed: number;
}

/**
 * Draws the positions of a stratified validation part: each class is in it in proportion, what
 * rounding leaves over going to the largest remainders (and among equals to the smallest label).
 *
 * @param labels The labels `[count]`, 0..255.
 * @returns For each position whether it was drawn.
 * @throws {RangeError} If `validation` is not an integer in 1..count-1.
 */
export function drawStratified(
  labels: Uint8Array,
  { validation, seed }: SplitOptions,
): boolean[] {
  if (!Number.isInteger(validation) || validation < 1 || validation >= labels.length) {
    throw new RangeError(
      `Cannot split ${labels.length} images: validation is ${validation}, ` +
        `expected an integer in 1..${labels.length - 1}`,
    );
  }
  const positions = Map.groupBy(labels.keys(), (position) => labels[position]);
  const drawn = new Array<boolean>(labels.length).fill(false);
  const quotas = largestRemainder(positions, { total: validation, count: labels.length });
  for (const [label, quota] of quotas) {
    const members = Uint32Array.from(positions.get(label) ?? []);
    shuffle(members, randomStream(seed, "split", label));
    for (const position of members.subarray(0, quota)) drawn[position] = true;
  }
  return drawn;
}

/** Shares out `total` among the classes in proportion to their members, `count` in all. */
function largestRemainder(
  positions: ReadonlyMap<number, readonly number[]>,
  { total, count }: { total: number; count: number },
): Map<number, number> {
  const shares = [...positions].map(([label, { length }]) => ({
    label,
    quota: Math.floor(total * length / count),
    remainder: (total * length) % count,
  }));
  shares.sort((a, b) => b.remainder - a.remainder || a.label - b.label);
  const leftOver = total - shares.reduce((sum, { quota }) => sum + quota, 0);
  return new Map(shares.map(({ label, quota }, i) => [label, quota + (i < leftOver ? 1 : 0)]));
}
