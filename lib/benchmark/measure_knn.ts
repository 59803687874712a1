import type { FashionMnist } from "../dataset/mod.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { KNeighborsClassifier, type NeighborsOptions } from "../knn/mod.ts";
import type { Backend } from "../tensorflow/mod.ts";
import { provenance } from "./provenance.ts";
import type { KnnRecipe, KnnResult } from "./run_result.ts";

/** Study B's nearest neighbours. */
const RECIPE: KnnRecipe = { name: "study", k: 5, metric: "sqeuclidean", weights: "uniform" };

/**
 * Classifies the test set by study B's definition of k nearest neighbours: k 5, squared
 * Euclidean distance, uniform vote. Throws as `KNeighborsClassifier` does.
 */
export async function measureKnn(
  { train, test }: FashionMnist,
  { backend, ...options }: NeighborsOptions & { readonly backend: Backend },
): Promise<KnnResult> {
  const described = await provenance(backend);
  const started = performance.now();
  const classifier = new KNeighborsClassifier({ nNeighbors: RECIPE.k }).fit(train);
  const fitted = performance.now();
  const { accuracy, predictions } = evaluatePredictions(
    await classifier.predict(test, options),
    test,
  );
  return {
    model: "knn",
    recipe: RECIPE,
    seed: null,
    ...described,
    seconds: {
      training: (fitted - started) / 1000,
      evaluation: (performance.now() - fitted) / 1000,
    },
    parameters: null,
    // One multiplication and one addition for each pixel of each training image.
    flopsPerImage: 2 * train.length * train.height * train.width,
    weights: null,
    test: { accuracy, loss: null, predictions },
    history: [],
  };
}
