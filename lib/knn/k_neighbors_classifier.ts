import type { ImageDataset } from "../dataset/mod.ts";
import { bruteForce } from "./brute_force.ts";
import { MAX_PIXELS } from "./centred_pixels.ts";
import { hasContrast } from "./contrast.ts";
import { emptyNearest, noWork, type SearchResult } from "./nearest.ts";
import { prunedSearch } from "./pruned_search.ts";
import { SearchIndex } from "./search_index.ts";
import { majorityVote, type VoteOptions, voteShares, type VoteWeights } from "./vote.ts";

/** Once so many pairs of a query and a training image were asked for, an index is worth making. */
const WORTH_AN_INDEX = 2 ** 24;
/** From so many pairs on, worker threads are worth their start. */
const WORTH_WORKERS = 2 ** 22;

/** How {@linkcode KNeighborsClassifier} goes through the queries. */
export interface NeighborsOptions {
  /** Is told after each block how many queries of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the search after the current block. */
  readonly signal?: AbortSignal;
}

/** What {@linkcode KNeighborsClassifier.kneighbors} takes besides. */
export interface KNeighborsOptions extends NeighborsOptions {
  /** How many neighbours of each query; as many as vote if not given. */
  readonly nNeighbors?: number;
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
  #index: SearchIndex | undefined;
  #hasContrast: boolean | undefined;
  #pairs = 0;
  #last: Promise<unknown> = Promise.resolve();

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
    this.#index = undefined;
    this.#hasContrast = undefined;
    this.#pairs = 0;
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
    { nNeighbors = this.nNeighbors, onProgress, signal }: KNeighborsOptions = {},
  ): Promise<SearchResult> {
    const train = this.#fitted(queries);
    if (!Number.isInteger(nNeighbors) || nNeighbors < 1 || nNeighbors > train.length) {
      throw new RangeError(
        `Cannot search ${nNeighbors} neighbours: expected 1 to the ${train.length} training images`,
      );
    }
    if (queries.length === 0) return { ...emptyNearest(0, nNeighbors), work: noWork() };
    const options = { k: nNeighbors, onProgress, signal };
    return await this.#inTurn(async () =>
      await this.#pruned(train, queries, options) ?? await bruteForce(train, queries, options)
    );
  }

  /** The nearest by an index, made where it is worth that; `undefined` where it is not. */
  async #pruned(
    train: ImageDataset,
    queries: ImageDataset,
    { k, onProgress, signal }: NeighborsOptions & { readonly k: number },
  ): Promise<SearchResult | undefined> {
    const pairs = train.length * queries.length;
    this.#pairs += pairs;
    if (this.#pairs < WORTH_AN_INDEX) return undefined;
    this.#hasContrast ??= hasContrast(train);
    if (!this.#hasContrast) return undefined;
    const isNew = this.#index === undefined;
    const index = this.#index ??= new SearchIndex(train);
    using threads = index.startThreads({ workers: isNew || pairs >= WORTH_WORKERS });
    await index.prepare(threads, { signal });
    return await prunedSearch(threads, queries, { k, count: train.length, onProgress, signal });
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

  /** Calls one after the other: the index has room for one search at a time. */
  #inTurn<T>(search: () => Promise<T>): Promise<T> {
    const answer = this.#last.then(search, search);
    this.#last = answer.catch(() => {});
    return answer;
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
