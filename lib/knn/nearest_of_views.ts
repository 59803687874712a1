import type { ImageDataset } from "../dataset/mod.ts";
import type { KNeighborsClassifier, KNeighborsOptions } from "./k_neighbors_classifier.ts";
import type { Nearest } from "./nearest.ts";

/**
 * The nearest training images of queries of which there are several views, such as copies shifted
 * by a pixel each way: the distance to a training image is the least over a query's views.
 *
 * Throws as {@linkcode KNeighborsClassifier.kneighbors} does, and
 *
 * @param classifier A fitted one; its neighbours are exact, and so are these.
 * @param views All queries, in the same order, once a view.
 * @throws {RangeError} If there are no views, or not as many queries in each.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { allShifts, ImageDataset } from "../dataset/mod.ts";
 * import { KNeighborsClassifier, nearestOfViews } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const size = { height: 1, width: 3 };
 * const train = new ImageDataset(Uint8Array.of(0, 9, 0, 5, 0, 2), Uint8Array.of(0, 1), size);
 * const query = new ImageDataset(Uint8Array.of(9, 0, 0), Uint8Array.of(0), size);
 * const classifier = new KNeighborsClassifier({ nNeighbors: 1 }).fit(train);
 * assertEquals((await classifier.kneighbors(query)).indices, Uint32Array.of(1));
 * const nearest = await nearestOfViews(classifier, allShifts(query, { reach: 1 }));
 * assertEquals([nearest.indices, nearest.distances], [Uint32Array.of(0), Uint32Array.of(0)]);
 * ```
 */
export async function nearestOfViews(
  classifier: KNeighborsClassifier,
  views: readonly ImageDataset[],
  { nNeighbors: k = classifier.nNeighbors, onProgress, signal }: KNeighborsOptions = {},
): Promise<Nearest> {
  const counts = [...new Set(views.map(({ length }) => length))];
  if (counts.length !== 1) {
    throw new RangeError(
      `Cannot search views of ${counts.join(" and ") || "no"} queries: expected one number of them`,
    );
  }
  const [queries] = counts;
  const found: Nearest[] = [];
  for (const view of views) {
    const before = found.length * queries;
    found.push(
      await classifier.kneighbors(view, {
        nNeighbors: k,
        onProgress: (done) => onProgress?.(Math.floor((before + done) / views.length), queries),
        signal,
      }),
    );
  }
  const indices = new Uint32Array(queries * k);
  const distances = new Uint32Array(queries * k);
  for (let query = 0; query < queries; query++) {
    const [first, end] = [query * k, (query + 1) * k];
    const least = new Map<number, number>();
    for (const { indices, distances } of found) {
      for (let i = first; i < end; i++) {
        least.set(indices[i], Math.min(distances[i], least.get(indices[i]) ?? Infinity));
      }
    }
    const nearest = [...least].sort(([a, near], [b, far]) => near - far || a - b).slice(0, k);
    indices.set(nearest.map(([index]) => index), first);
    distances.set(nearest.map(([, distance]) => distance), first);
  }
  return { indices, distances };
}
