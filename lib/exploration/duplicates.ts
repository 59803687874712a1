import { encodeBase64 } from "@std/encoding";
import type { ImageDataset } from "../dataset/mod.ts";

/** Images that are equal in every pixel: where they are in each dataset. */
export interface Duplicate {
  /** Positions in the first dataset. */
  readonly first: readonly number[];
  /** Positions in the second one. */
  readonly second: readonly number[];
}

/** The groups of equal images of which both datasets have at least one. */
export function sharedImages(first: ImageDataset, second: ImageDataset): Duplicate[] {
  const places = placesOf(first);
  const others = placesOf(second);
  return [...places].flatMap(([key, positions]) => {
    const matches = others.get(key);
    return matches === undefined ? [] : [{ first: positions, second: matches }];
  });
}

/** The groups of two or more equal images within a dataset: their positions. */
export function repeatedImages(dataset: ImageDataset): number[][] {
  return [...placesOf(dataset).values()].filter((positions) => positions.length > 1);
}

function placesOf(dataset: ImageDataset): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let i = 0; i < dataset.length; i++) {
    const key = encodeBase64(dataset.image(i));
    const positions = places.get(key);
    if (positions === undefined) places.set(key, [i]);
    else positions.push(i);
  }
  return places;
}
