import { allShifts, type FashionMnist, type ImageDataset } from "../dataset/mod.ts";
import {
  edgeFeatures,
  KNeighborsClassifier,
  type LearnedMetric,
  nearestOfViews,
  type NeighborsOptions,
  predictionsByK,
} from "../knn/mod.ts";
import type { KnnRecipe } from "./knn_recipes.ts";

/** What a recipe compares: the images themselves, or their edges and greys. */
export function featuresOf(images: ImageDataset, { features }: KnnRecipe): ImageDataset {
  return features === "edges" ? edgeFeatures(images) : images;
}

/**
 * The classes of the test images by their nearest training images, as a recipe has it.
 *
 * @param options.metric The learned metric, for a recipe with one.
 * @throws {TypeError} If a recipe with a learned metric is given none.
 * @throws {DOMException} The signal's reason, an `AbortError`, if it is aborted.
 */
export async function classifyByNeighbours(
  recipe: KnnRecipe,
  { train, test }: FashionMnist,
  { metric, ...options }: NeighborsOptions & { readonly metric?: LearnedMetric } = {},
): Promise<Uint8Array> {
  if (recipe.metric === "learned" && metric === undefined) {
    throw new TypeError(`Cannot classify by ${recipe.name}: its metric is not given`);
  }
  const { k, weights, shifts: reach = 0 } = recipe;
  const coded = (images: ImageDataset) => {
    const features = featuresOf(images, recipe);
    return metric === undefined ? features : metric.transform(features);
  };
  const classifier = new KNeighborsClassifier({ nNeighbors: k, weights }).fit(coded(train));
  const views = allShifts(test, { reach }).map(coded);
  const nearest = await nearestOfViews(classifier, views, options);
  const [{ predictions }] = predictionsByK(nearest, train, { k, ks: [k], weights });
  return predictions;
}
