import type { ImageDataset } from "../dataset/mod.ts";
import { KNeighborsClassifier, type Nearest, type NeighborsOptions } from "../knn/mod.ts";

/** How {@linkcode nearestOthers} searches. */
export interface NearestOthersOptions extends NeighborsOptions {
  /** How many neighbours of each image are wanted. */
  readonly neighbors: number;
}

/**
 * The nearest other images of each image of a dataset: the leave-one-out search, in which an image
 * may not be found as its own neighbour. Images that are equal to it may.
 *
 * @returns Positions and squared distances `[images, neighbors]`, nearest first, ties by position.
 * @throws {RangeError} If `neighbors` is not a whole number from 1 to one less than the images.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function nearestOthers(
  dataset: ImageDataset,
  { neighbors, ...options }: NearestOthersOptions,
): Promise<Nearest> {
  if (!Number.isInteger(neighbors) || neighbors < 1 || neighbors >= dataset.length) {
    throw new RangeError(
      `Cannot find ${neighbors} other images for each: there are ${dataset.length}, ` +
        "expected a whole number of at least 1 and below that",
    );
  }
  const searched = neighbors + 1;
  const found = await new KNeighborsClassifier({ nNeighbors: searched })
    .fit(dataset).kneighbors(dataset, options);
  const indices = new Uint32Array(dataset.length * neighbors);
  const distances = new Uint32Array(dataset.length * neighbors);
  for (let image = 0; image < dataset.length; image++) {
    const from = image * searched;
    const own = found.indices.subarray(from, from + searched).indexOf(image);
    // Among many equal images it may not have come up itself: then the farthest is one too many.
    const left = own === -1 ? neighbors : own;
    for (let place = 0; place < neighbors; place++) {
      const source = from + (place < left ? place : place + 1);
      indices[image * neighbors + place] = found.indices[source];
      distances[image * neighbors + place] = found.distances[source];
    }
  }
  return { indices, distances };
}
