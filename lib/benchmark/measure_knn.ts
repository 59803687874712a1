import type { FashionMnist } from "../dataset/mod.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { learnMetric, type NeighborsOptions } from "../knn/mod.ts";
import type { Backend } from "../tensorflow/mod.ts";
import { classifyByNeighbours, featuresOf } from "./classify_by_neighbours.ts";
import { KNN_RECIPES, type KnnId } from "./knn_recipes.ts";
import { writeMetric } from "./metric_file.ts";
import { provenance } from "./provenance.ts";
import type { KnnResult } from "./run_result.ts";

/** How {@linkcode measureKnn} learns, and where it leaves what it learned. */
export interface MeasureKnnOptions extends NeighborsOptions {
  /** From which a learned metric comes; without one nothing is random. */
  readonly seed: number;
  /** Gets a learned metric's `metric.json`. */
  readonly directory: string;
  /** What is in use, for the result. */
  readonly backend: Backend;
}

/**
 * Classifies the test set by nearest neighbours as a row's recipe has it. A learned metric is
 * learned from all training images and saved. Throws as `KNeighborsClassifier` and `learnMetric` do.
 */
export async function measureKnn(
  id: KnnId,
  { train, test }: FashionMnist,
  { seed, directory, backend, ...options }: MeasureKnnOptions,
): Promise<KnnResult> {
  const described = await provenance(backend);
  const recipe = KNN_RECIPES[id];
  const { learning, shifts = 0 } = recipe;
  const started = performance.now();
  const metric = learning &&
    await learnMetric(featuresOf(train, recipe), { ...learning, seed, ...options });
  const sha256 = metric && await writeMetric(metric, directory);
  const learned = performance.now();
  const predicted = await classifyByNeighbours(recipe, { train, test }, { ...options, metric });
  const { accuracy, predictions } = evaluatePredictions(predicted, test);
  const pixels = train.height * train.width;
  const compared = metric?.dimensions ?? pixels;
  const parameters = metric?.weights.length ?? null;
  return {
    model: id,
    recipe,
    seed: learning === undefined ? null : seed,
    ...described,
    seconds: {
      training: (learned - started) / 1000,
      evaluation: (performance.now() - learned) / 1000,
    },
    parameters,
    // One multiplication and one addition for each number of each training image, for each view,
    // and for each weight of the metric.
    flopsPerImage: 2 * (2 * shifts + 1) ** 2 * (train.length * compared + (parameters ?? 0)),
    weights: sha256 === undefined ? null : { dtype: "int8", sha256 },
    test: { accuracy, loss: null, predictions },
    history: [],
  };
}
