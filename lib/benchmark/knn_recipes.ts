/** The rows of nearest neighbours, in the order of the table. */
export const KNN_IDS = ["knn", "knn-tuned", "knn-shifts", "knn-metric", "knn-edges"] as const;

/** The id of one of them. */
export type KnnId = typeof KNN_IDS[number];

/** What may be compared in place of pixels. */
export const FEATURES = ["edges"] as const;

/** How neighbours are found and counted, in scikit-learn's terms. */
export interface KnnRecipe {
  readonly name: string;
  readonly k: number;
  /** What is nearest: by the squared Euclidean distance, or by that after a learned map. */
  readonly metric: "sqeuclidean" | "learned";
  readonly weights: "uniform" | "distance";
  /** What is compared. Pixels if not given. */
  readonly features?: typeof FEATURES[number];
  /** By how many pixels a query may be shifted each way. 0 if not given. */
  readonly shifts?: number;
  /** How the metric is learned, if it is: `learnMetric`'s options. */
  readonly learning?: {
    readonly dimensions: number;
    readonly steps: number;
    readonly batchSize: number;
    readonly learningRate: number;
  };
}

const LEARNED = { metric: "learned", weights: "distance" } as const;
const LEARNING = { dimensions: 64, steps: 1_000, batchSize: 1_024, learningRate: 0.001 } as const;

/**
 * What each row does: study B's definition, and four ways beyond it. Their k and their weights were
 * chosen on 5,000 validation images, among 1 to 20 and both, as notebook 05 shows; so were the
 * steps and learning rates, of few.
 */
export const KNN_RECIPES: Readonly<Record<KnnId, KnnRecipe>> = {
  "knn": { name: "study", k: 5, metric: "sqeuclidean", weights: "uniform" },
  "knn-tuned": { name: "tuned", k: 4, metric: "sqeuclidean", weights: "uniform" },
  "knn-shifts": { name: "shifts", k: 4, metric: "sqeuclidean", weights: "distance", shifts: 1 },
  "knn-metric": { name: "metric", k: 9, ...LEARNED, learning: LEARNING },
  "knn-edges": {
    name: "edges",
    k: 12,
    ...LEARNED,
    features: "edges",
    learning: { ...LEARNING, steps: 3_000, learningRate: 0.003 },
  },
};

/** What the rows of our own are, of which nobody else has published a figure. */
export const CLASSIFIERS: ReadonlyMap<string, string> = new Map([
  described("knn-tuned", "Euclidean"),
  described("knn-shifts", "of any of 9 shifts, votes by distance"),
  described("knn-metric", "learned metric of pixels, votes by distance"),
  described("knn-edges", "learned metric of edges, votes by distance"),
]);

function described(id: KnnId, how: string): [KnnId, string] {
  return [id, `Nearest neighbours, k ${KNN_RECIPES[id].k}, ${how}`];
}
