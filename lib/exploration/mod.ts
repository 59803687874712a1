/**
 * Looking at a dataset before anything is trained: counts, mean images, principal components,
 * maps, duplicates, and labels that the neighbours doubt.
 *
 * @module
 */
export { classDistances, type ClassImages, classImages } from "./class_images.ts";
export { type ClassPair, mixedPairs } from "./class_pairs.ts";
export { type Disagreement, disagreements } from "./disagreement.ts";
export { type Duplicate, repeatedImages, sharedImages } from "./duplicates.ts";
export { nearestOthers, type NearestOthersOptions } from "./nearest_others.ts";
export { classCounts, pixelCounts } from "./pixel_counts.ts";
export {
  type PrincipalComponents,
  principalComponents,
  project,
  reconstruct,
} from "./principal_components.ts";
export { singularValues } from "./singular_values.ts";
export { closestTwins, pairsOnce, type Twins, twinsWithin } from "./twins.ts";
export { umap, type UmapOptions } from "./umap.ts";
