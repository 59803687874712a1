import { assert, assertEquals } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import type { SearchResult, SearchWork } from "../../lib/knn/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

/** Pixels of so many grey levels, drawn evenly, and labels of 0..9. */
export const randomDataset = (count: number, { name, levels = 256, height = 5, width = 7 }: {
  name: string;
  levels?: number;
  height?: number;
  width?: number;
}) => {
  const random = randomStream(0, name);
  const draw = (limit: number) => Math.floor(random() * limit);
  return new ImageDataset(
    Uint8Array.from({ length: count * height * width }, () => draw(levels)),
    Uint8Array.from({ length: count }, () => draw(10)),
    { height, width },
  );
};

/** Every distance in whole numbers, sorted by (distance, position). */
function bruteForce(train: ImageDataset, query: Uint8Array, k: number) {
  return Array.from({ length: train.length }, (_, index) => ({
    index,
    distance: train.image(index).reduce((sum, pixel, i) => sum + (pixel - query[i]) ** 2, 0),
  })).sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, k);
}

/** Checks a search's answer against {@linkcode bruteForce} and says what the search took. */
export function assertExact(
  result: SearchResult | undefined,
  { train, queries, k }: { train: ImageDataset; queries: ImageDataset; k: number },
): SearchWork {
  assert(result !== undefined);
  const { indices, distances, work } = result;
  for (let query = 0; query < queries.length; query++) {
    const expected = bruteForce(train, queries.image(query), k);
    const found = Array.from(expected, (_, rank) => ({
      index: indices[query * k + rank],
      distance: distances[query * k + rank],
    }));
    assertEquals(found, expected, `query ${query}`);
  }
  return work;
}

/** Sums of a few patterns and a little noise: images near a plane of few dimensions. */
export const smoothDataset = (count: number, { name, height = 12, width = 12 }: {
  name: string;
  height?: number;
  width?: number;
}) => {
  const patterns = randomDataset(4, { name: "patterns", height, width });
  const random = randomStream(0, name);
  const images = Array.from({ length: count }, () => {
    const shares = Array.from({ length: 4 }, () => random() / 4);
    return Array.from(
      { length: height * width },
      (_, i) => shares.reduce((sum, share, p) => sum + share * patterns.image(p)[i], 3 * random()),
    );
  });
  return new ImageDataset(Uint8Array.from(images.flat()), new Uint8Array(count), { height, width });
};
