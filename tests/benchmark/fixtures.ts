import { KNN_RECIPES, type KnnResult, type NetworkResult } from "../../lib/benchmark/mod.ts";

/** True classes of an imagined test set: 0 to 9 over and over. */
export const LABELS = Uint8Array.from({ length: 10_000 }, (_, i) => i % 10);

/** Predictions that are right but for the first `wrong` images. */
export function predictions(wrong: number): Uint8Array {
  return LABELS.map((label, i) => i < wrong ? (label + 1) % 10 : label);
}

const MEASUREMENT = {
  commit: "0123456789abcdef0123456789abcdef01234567",
  date: "2026-01-31T12:00:00Z",
  versions: { deno: "2.9.6", tfjs: "4.22.0", tensorflow: "2.21.0" },
  machine: { cpu: "Example CPU", cores: 2, memoryGiB: 7.8, os: "linux" },
  backend: "tensorflow",
};

/** A run of the small CNN with one seed that gets `wrong` images wrong. */
export function networkResult(seed: number, wrong: number): NetworkResult {
  return {
    model: "small-cnn",
    ...MEASUREMENT,
    recipe: {
      name: "study A",
      optimizer: "adam",
      learningRate: 0.001,
      batchSize: 64,
      epochs: 2,
      loss: "sparseCategoricalCrossentropy",
      validation: 5_000,
      keep: "best",
    },
    seed,
    parameters: 421_642,
    flopsPerImage: 7_700_000,
    seconds: { training: 380 + 10 * seed, evaluation: 2.5 },
    history: [1, 2].map((epoch) => ({
      epoch,
      loss: 0.5 / epoch,
      accuracy: 0.8,
      validation: { loss: 0.6 / epoch, accuracy: 0.79 },
      seconds: 190,
    })),
    weights: { dtype: "float16", sha256: "ab".repeat(32), classesChanged: 3 },
    test: {
      accuracy: (10_000 - wrong) / 10_000,
      loss: 0.25 + 0.01 * seed,
      predictions: predictions(wrong),
    },
  };
}

/** A run of the neighbours by a learned metric that gets 1,000 images wrong. */
export const METRIC_RESULT: KnnResult = {
  model: "knn-metric",
  ...MEASUREMENT,
  recipe: KNN_RECIPES["knn-metric"],
  seed: 0,
  parameters: 50_176,
  flopsPerImage: 7_780_352,
  seconds: { training: 40, evaluation: 2 },
  history: [],
  weights: { dtype: "int8", sha256: "cd".repeat(32) },
  test: { accuracy: 0.9, loss: null, predictions: predictions(1_000) },
};

/** A run of the nearest neighbours that gets 1,446 images wrong. */
export const KNN_RESULT: KnnResult = {
  model: "knn",
  ...MEASUREMENT,
  recipe: { name: "study B", k: 5, metric: "sqeuclidean", weights: "uniform" },
  seed: null,
  parameters: null,
  flopsPerImage: 94_080_000,
  seconds: { training: 0.1, evaluation: 31 },
  history: [],
  weights: null,
  test: { accuracy: 0.8554, loss: null, predictions: predictions(1_446) },
};

/** Lends a temporary folder. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
