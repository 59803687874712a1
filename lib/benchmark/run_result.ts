import { encodeBase64 } from "@std/encoding";
import { accuracy } from "../evaluation/mod.ts";
import type { EpochMetrics, Recipe } from "../training/mod.ts";
import { KNN_IDS, type KnnId, type KnnRecipe } from "./knn_recipes.ts";
import { NETWORK_ROW_IDS, type NetworkRowId } from "./network_rows.ts";
import type { Provenance } from "./provenance.ts";

/** The classifiers that this project measures, in the order of the table. */
export const ROW_IDS = [...KNN_IDS, ...NETWORK_ROW_IDS] as const;

/** The id of one of them. */
export type RowId = typeof ROW_IDS[number];

/** One measured run: what was run, where, and what came out. */
export type RunResult = NetworkResult | KnnResult;

/** One training run of a network. */
export interface NetworkResult extends Measurement {
  /** The row: a network by one of its recipes. */
  readonly model: NetworkRowId;
  readonly recipe: Recipe;
  /** What every random draw of the run came from, a whole number of at least 0. */
  readonly seed: number;
  /** How many processes trained it together, where it was more than one. */
  readonly workers?: number;
  readonly parameters: number;
  /** One entry an epoch, in order. */
  readonly history: readonly EpochMetrics[];
  /** The weights that the run left and that were evaluated; those of seed 0 are committed. */
  readonly weights: SavedWeights;
  readonly test: TestResult & { readonly loss: number };
}

/** One classification of the test set by its nearest neighbours. */
export interface KnnResult extends Measurement {
  readonly model: KnnId;
  readonly recipe: KnnRecipe;
  /** From what a metric was learned; `null` without one: then nothing is random. */
  readonly seed: number | null;
  /** Those of a learned metric. */
  readonly parameters: number | null;
  readonly history: readonly never[];
  /** The learned metric; that of seed 0 is committed. */
  readonly weights: { readonly dtype: "int8"; readonly sha256: string } | null;
  readonly test: TestResult & { readonly loss: null };
}

interface Measurement extends Provenance {
  /** Wall-clock seconds, of training and of the evaluation on the test set. */
  readonly seconds: { readonly training: number; readonly evaluation: number };
  /** Floating-point operations to classify one image. */
  readonly flopsPerImage: number;
}

interface TestResult {
  /** The share of the test images whose class was predicted, 0..1. */
  readonly accuracy: number;
  /** Predicted classes of the 10,000 test images; base64 in the file. */
  readonly predictions: Uint8Array;
}

/** The file of weights of a saved model. */
export interface SavedWeights {
  readonly dtype: "float16" | "float32";
  /** SHA-256 of weights.bin, 64 hexadecimal digits. */
  readonly sha256: string;
  /** How many test images get another class than from the weights as trained. */
  readonly classesChanged: number;
}

/** A run as the text of its file, which {@linkcode parseRunResult} reads back. */
export function stringifyRunResult(result: RunResult): string {
  const predictions = encodeBase64(result.test.predictions);
  return JSON.stringify({ ...result, test: { ...result.test, predictions } }, null, 2) + "\n";
}

/**
 * The accuracy of a run, 0..1, computed from its predictions.
 *
 * @param labels True classes of the test set, `[10000]`.
 * @throws {RangeError} If the run states another accuracy than its predictions give.
 */
export function accuracyOf({ model, seed, test }: RunResult, labels: Uint8Array): number {
  const computed = accuracy(test.predictions, labels);
  if (computed !== test.accuracy) {
    throw new RangeError(
      `Cannot use the result of ${model}${
        seed === null ? "" : `, seed ${seed}`
      }: test.accuracy is ${test.accuracy}, expected ${computed} by its predictions`,
    );
  }
  return computed;
}

/** Whether a run is one of nearest neighbours. */
export function isKnnResult(run: RunResult): run is KnnResult {
  return isKnnId(run.model);
}

/** Whether a row's id is one of nearest neighbours. */
export function isKnnId(id: string): id is KnnId {
  return KNN_IDS.some((knn) => knn === id);
}
