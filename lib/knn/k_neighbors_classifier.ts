import { setImmediate as nextTask } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import type { ImageDataset } from "../dataset/mod.ts";
import { centredPixels, MAX_PIXELS } from "./centred_pixels.ts";
import { emptyNearest, mergeNearest, type Nearest } from "./nearest.ts";
import { majorityVote, type VoteOptions, voteShares, type VoteWeights } from "./vote.ts";

/** Images whose scalar products are computed at once: 500 x 10,000 floats are 20 MB. */
const QUERY_BLOCK = 500;
const TRAINING_BLOCK = 10_000;

/** How {@linkcode KNeighborsClassifier} goes through the queries. */
export interface NeighborsOptions {
  /** Is told after each block how many queries of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the search after the current block. */
  readonly signal?: AbortSignal;
}

/**
 * Classifies an image by the k training images that are nearest to it, each with one vote, or with
 * 1 / distance of one; names and conventions are scikit-learn's. This is study B's definition:
 * squared Euclidean distance between 8-bit pixels, as one matrix expression,
 * −2·X·Yᵀ + ‖y‖² + ‖x‖².
 *
 * The answer is exact: distances are whole numbers, and the neighbours are the k smallest by
 * (distance, position in the training set), whatever the backend.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { ImageDataset } from "../dataset/mod.ts";
 * import { KNeighborsClassifier } from "./mod.ts";
 *
 * await tf.setBackend("cpu");
 * const size = { height: 1, width: 1 };
 * const train = new ImageDataset(new Uint8Array([10, 12, 200]), new Uint8Array([0, 0, 1]), size);
 * const test = new ImageDataset(new Uint8Array([13, 190]), new Uint8Array([0, 1]), size);
 * const knn = new KNeighborsClassifier({ nNeighbors: 1 }).fit(train);
 * assertEquals(await knn.predict(test), new Uint8Array([0, 1]));
 * assertEquals((await knn.kneighbors(test)).distances, new Uint32Array([1, 100]));
 * ```
 */
export class KNeighborsClassifier {
  /** The number of neighbours that vote. */
  readonly nNeighbors: number;
  /** How much their votes count. */
  readonly weights: VoteWeights;
  #train: ImageDataset | undefined;

  /**
   * @throws {RangeError} If `nNeighbors` is not a whole number of at least 1, or `weights` is
   *   neither "uniform" nor "distance".
   */
  constructor(
    { nNeighbors = 5, weights = "uniform" }: {
      readonly nNeighbors?: number;
      readonly weights?: VoteWeights;
    } = {},
  ) {
    if (!Number.isInteger(nNeighbors) || nNeighbors < 1) {
      throw new RangeError(`Cannot make a classifier of ${nNeighbors} neighbours, at least 1`);
    }
    if (weights !== "uniform" && weights !== "distance") {
      throw new RangeError(
        `Cannot make a classifier: weights are "${weights}", expected "uniform" or "distance"`,
      );
    }
    this.nNeighbors = nNeighbors;
    this.weights = weights;
  }

  /**
   * Takes the training images; the work is done at the queries.
   *
   * @throws {RangeError} If there are fewer images than neighbours, or their distances could
   *   not be exact: more than 1,024 pixels.
   */
  fit(train: ImageDataset): this {
    const pixels = train.height * train.width;
    if (train.length < this.nNeighbors) {
      throw new RangeError(
        `Cannot fit ${this.nNeighbors} neighbours: there are ${train.length} training images`,
      );
    }
    if (pixels > MAX_PIXELS) {
      throw new RangeError(`Cannot fit images of ${pixels} pixels: at most ${MAX_PIXELS}`);
    }
    this.#train = train;
    return this;
  }

  /**
   * The nearest training images of every query.
   *
   * @throws {TypeError} If `fit` has not been called.
   * @throws {RangeError} If the queries are not of the training images' size.
   * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
   */
  async kneighbors(
    queries: ImageDataset,
    { onProgress, signal }: NeighborsOptions = {},
  ): Promise<Nearest> {
    const train = this.#fitted(queries);
    const k = this.nNeighbors;
    const nearest = emptyNearest(queries.length, k);
    const blocks = trainingBlocks(train);
    try {
      for (let from = 0; from < queries.length; from += QUERY_BLOCK) {
        signal?.throwIfAborted();
        const to = Math.min(from + QUERY_BLOCK, queries.length);
        const part: Nearest = {
          indices: nearest.indices.subarray(from * k, to * k),
          distances: nearest.distances.subarray(from * k, to * k),
        };
        const { pixels, norms: queryNorms } = centredPixels(queries, from, to);
        for (const { columns, candidateNorms, firstIndex } of blocks) {
          // The values stay inside: tidy() would look for tensors in each number it returns.
          tf.tidy(() => {
            const products = tf.matMul(pixels, columns).dataSync();
            mergeNearest(part, { products, queryNorms, candidateNorms, firstIndex, k });
          });
        }
        pixels.dispose();
        onProgress?.(to, queries.length);
        // A turn for the event loop, so that progress is drawn and a signal is heard.
        await nextTask();
      }
    } finally {
      tf.dispose(blocks.map(({ columns }) => columns));
    }
    return nearest;
  }

  /**
   * The class of every query, `[queries]`: that with most votes, the smallest on ties.
   * Throws as {@linkcode KNeighborsClassifier.kneighbors} does.
   */
  async predict(queries: ImageDataset, options: NeighborsOptions = {}): Promise<Uint8Array> {
    return majorityVote(...await this.#votes(queries, options));
  }

  /**
   * The share of its neighbours' votes that each class has, `[queries, classes]`: numbers of 0..1.
   * Throws as {@linkcode KNeighborsClassifier.kneighbors} does.
   */
  async predictProba(queries: ImageDataset, options: NeighborsOptions = {}): Promise<Float64Array> {
    return voteShares(...await this.#votes(queries, options));
  }

  async #votes(
    queries: ImageDataset,
    options: NeighborsOptions,
  ): Promise<[neighborLabels: Uint8Array, options: VoteOptions]> {
    const train = this.#fitted(queries);
    const { indices, distances } = await this.kneighbors(queries, options);
    return [Uint8Array.from(indices, (index) => train.label(index)), {
      k: this.nNeighbors,
      classes: train.classes,
      distances: this.weights === "distance" ? distances : undefined,
    }];
  }

  #fitted(queries: ImageDataset): ImageDataset {
    const train = this.#train;
    if (train === undefined) throw new TypeError("Cannot search neighbours: call fit() first");
    if (queries.height !== train.height || queries.width !== train.width) {
      throw new RangeError(
        `Cannot search neighbours of ${queries.height}x${queries.width} images: the training ` +
          `images are ${train.height}x${train.width}`,
      );
    }
    return train;
  }
}

/** The training images as columns, so that a plain matrix product gives the scalar products. */
function trainingBlocks(train: ImageDataset) {
  const starts = Array.from(
    { length: Math.ceil(train.length / TRAINING_BLOCK) },
    (_, block) => block * TRAINING_BLOCK,
  );
  return starts.map((firstIndex) => {
    const to = Math.min(firstIndex + TRAINING_BLOCK, train.length);
    const { pixels, norms: candidateNorms } = centredPixels(train, firstIndex, to);
    const columns = tf.tidy(() => pixels.transpose());
    pixels.dispose();
    return { columns, candidateNorms, firstIndex };
  });
}
