import type { FashionMnist } from "../dataset/mod.ts";
import type { PredictOptions } from "../evaluation/mod.ts";
import { classifyByNeighbours } from "./classify_by_neighbours.ts";
import { differences, evaluateSaved, weightsSha256 } from "./measure_network.ts";
import { readMetric } from "./metric_file.ts";
import { isKnnResult, type KnnResult, type RowId, type RunResult } from "./run_result.ts";

/**
 * How many of the 10,000 predictions of committed weights may differ from those in the result
 * file: backends and processors add numbers in another order, and a few images lie that close
 * to a border between two classes. Nearest neighbours are exact: there, none may.
 */
const MAX_DIFFERENCES = 10;

/** What {@linkcode recheck} found. */
export interface Recheck {
  /** The seed of the run whose weights are committed; `null` where nothing is random. */
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
  const folder = `${weights}/${id}`;
  const { result, predictions, allowed } = results.every(isKnnResult)
    ? { ...await byNeighbours(results, { train, test, folder, ...options }), allowed: 0 }
    : { ...await byNetwork(results, { test, folder, ...options }), allowed: MAX_DIFFERENCES };
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

type Options = PredictOptions & { readonly folder: string };

async function byNeighbours(
  results: readonly KnnResult[],
  { train, test, folder, ...options }: Options & FashionMnist,
): Promise<{ result: KnnResult; predictions: Uint8Array }> {
  const saved = results[0].weights === null ? undefined : await readMetric(folder);
  const result = saved === undefined ? results[0] : resultOf(folder, results, saved.sha256);
  const data = { train, test };
  const predictions = await classifyByNeighbours(result.recipe, data, {
    ...options,
    metric: saved?.metric,
  });
  return { result, predictions };
}

async function byNetwork(
  results: readonly RunResult[],
  { test, folder, ...options }: Options & { readonly test: FashionMnist["test"] },
): Promise<{ result: RunResult; predictions: Uint8Array }> {
  const result = resultOf(folder, results, await weightsSha256(folder));
  const views = isKnnResult(result) ? undefined : result.recipe.views;
  const { evaluation } = await evaluateSaved(folder, test, { ...options, views });
  return { result, predictions: evaluation.predictions };
}

/** The run whose weights lie in a folder. */
function resultOf<T extends RunResult>(folder: string, results: readonly T[], sha256: string): T {
  const result = results.find(({ weights }) => weights?.sha256 === sha256);
  if (result === undefined) {
    throw new Deno.errors.InvalidData(
      `Cannot confirm ${folder}: no result file names its weights, SHA-256 ${sha256}`,
    );
  }
  return result;
}
