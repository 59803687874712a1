/**
 * Looking at a dataset before anything is trained: counts, mean images, principal components,
 * maps, duplicates, and labels that the neighbours doubt.
 *
 * @module
 */
export {
  classDistances,
  type ClassImages,
  classImages,
  type ClassPair,
  closestPairs,
} from "./class_images.ts";
export { type Disagreement, disagreements } from "./disagreement.ts";
export { type Duplicate, repeatedImages, sharedImages } from "./duplicates.ts";
export { classCounts, pixelCounts } from "./pixel_counts.ts";
export {
  type PrincipalComponents,
  principalComponents,
  project,
  reconstruct,
} from "./principal_components.ts";
export { closestTwins, type Twins } from "./twins.ts";
export { umap, type UmapOptions } from "./umap.ts";
