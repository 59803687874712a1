/** The k nearest of a growing set of candidates for each of some queries. */
export interface Nearest {
  /** `[queries, k]`: positions of the candidates, nearest first, ties by position. */
  readonly indices: Uint32Array;
  /** `[queries, k]`: their squared Euclidean distances. */
  readonly distances: Uint32Array;
}

/** The neighbours that a search found. */
export interface SearchResult extends Nearest {
  /** What finding them took. */
  readonly work: SearchWork;
}

/** How many pairs of a query and a training image a search compared, and by what. */
export interface SearchWork {
  /** By their coarse sketches, of 16 numbers. */
  coarse: number;
  /** By their fine sketches, of 128. */
  fine: number;
  /** By all of their pixels. */
  measured: number;
}

/** Makes a {@linkcode SearchWork} of nothing. */
export function noWork(): SearchWork {
  return { coarse: 0, fine: 0, measured: 0 };
}

/** Makes an empty {@linkcode Nearest}: every place holds a distance beyond any that is real. */
export function emptyNearest(queries: number, k: number): Nearest {
  return {
    indices: new Uint32Array(queries * k),
    distances: new Uint32Array(queries * k).fill(2 ** 32 - 1),
  };
}

/** A block of scalar products between queries and candidates, and what makes distances of them. */
export interface ProductBlock {
  /** `[queries, candidates]`: scalar products, whole numbers. */
  readonly products: ArrayLike<number>;
  /** `[queries]`: squared norms of the queries. */
  readonly queryNorms: ArrayLike<number>;
  /** `[candidates]`: squared norms of the candidates. */
  readonly candidateNorms: ArrayLike<number>;
  /** Position of the first candidate; later blocks have greater positions. */
  readonly firstIndex: number;
  readonly k: number;
}

/**
 * Lets the candidates of one block compete for the k places of each query. The distance is
 * ‖x‖² + ‖y‖² − 2·x·y; ‖x‖² is the same for all candidates of a query and is added last.
 * Candidates come in the order of their positions, so a later one at the same distance
 * stays behind.
 */
export function mergeNearest(nearest: Nearest, block: ProductBlock): void {
  const { products, queryNorms, candidateNorms, firstIndex, k } = block;
  const { indices, distances } = nearest;
  const candidates = candidateNorms.length;
  for (let query = 0; query < queryNorms.length; query++) {
    const queryNorm = queryNorms[query];
    const first = query * k;
    const last = first + k - 1;
    const row = query * candidates;
    let bound = distances[last] - queryNorm;
    for (let candidate = 0; candidate < candidates; candidate++) {
      const partial = candidateNorms[candidate] - 2 * products[row + candidate];
      if (partial >= bound) continue;
      let place = last;
      for (; place > first && distances[place - 1] > partial + queryNorm; place--) {
        distances[place] = distances[place - 1];
        indices[place] = indices[place - 1];
      }
      distances[place] = partial + queryNorm;
      indices[place] = firstIndex + candidate;
      bound = distances[last] - queryNorm;
    }
  }
}
