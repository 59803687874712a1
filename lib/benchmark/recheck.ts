import type { FashionMnist } from "../dataset/mod.ts";
import type { PredictOptions } from "../evaluation/mod.ts";
import { KNeighborsClassifier } from "../knn/mod.ts";
import { differences, evaluateSaved, weightsSha256 } from "./measure_network.ts";
import type { RowId, RunResult } from "./run_result.ts";

/**
 * How many of the 10,000 predictions of committed weights may differ from those in the result
 * file: backends and processors add numbers in another order, and a few images lie that close
 * to a border between two classes. Nearest neighbours are exact: there, none may.
 */
const MAX_DIFFERENCES = 10;

/** What {@linkcode recheck} found. */
export interface Recheck {
  /** The seed of the run whose weights are committed; `null` for KNN. */
  readonly seed: number | null;
  /** How many test images got another class than in the result file. */
  readonly differences: number;
  readonly seconds: number;
}

/**
 * Classifies the test set anew, by the committed weights of a network or by its neighbours, and
 * compares the answer with the result file of that run. Returns `null` for a classifier that
 * has not been measured.
 *
 * @param results The runs of the row `id`.
 * @throws {Deno.errors.InvalidData} If the predictions disagree with the result file, or no
 *   result file belongs to the committed weights.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function recheck(
  id: RowId,
  results: readonly RunResult[],
  { train, test, weights, ...options }: PredictOptions & FashionMnist & {
    /** The folder that holds a saved model for each network's id. */
    readonly weights: string;
  },
): Promise<Recheck | null> {
  if (results.length === 0) return null;
  const started = performance.now();
  const { result, predictions, allowed } = id === "knn"
    ? {
      result: results[0],
      predictions: await new KNeighborsClassifier().fit(train).predict(test, options),
      allowed: 0,
    }
    : {
      result: await resultOf(`${weights}/${id}`, results),
      predictions: (await evaluateSaved(`${weights}/${id}`, test, options)).evaluation.predictions,
      allowed: MAX_DIFFERENCES,
    };
  const differing = differences(predictions, result.test.predictions);
  if (differing > allowed) {
    const seed = result.seed === null ? "" : `, seed ${result.seed}`;
    throw new Deno.errors.InvalidData(
      `Cannot confirm ${id}${seed}: ${differing} of ${predictions.length} predictions differ ` +
        `from its result file, at most ${allowed} may`,
    );
  }
  const seconds = (performance.now() - started) / 1000;
  return { seed: result.seed, differences: differing, seconds };
}

/** The run whose weights lie in a folder. */
async function resultOf(folder: string, results: readonly RunResult[]): Promise<RunResult> {
  const sha256 = await weightsSha256(folder);
  const result = results.find(({ weights }) => weights?.sha256 === sha256);
  if (result === undefined) {
    throw new Deno.errors.InvalidData(
      `Cannot confirm ${folder}: no result file names its weights, SHA-256 ${sha256}`,
    );
  }
  return result;
}
