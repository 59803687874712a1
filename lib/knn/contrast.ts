import type { ImageDataset } from "../dataset/mod.ts";
import { squaredEuclideanDistance } from "./distances.ts";
import { spreadSample } from "./spread_sample.ts";

/** Images that are compared with each other, 16 of them with all. */
const SAMPLE = 256;
const ASKED = 16;
/**
 * Above this share of the mean squared distance, the nearest image is as good as any: 0.15 for
 * Fashion-MNIST, 0.9 for random noise of its size.
 */
const NO_CONTRAST = 0.75;

/**
 * Whether near images are near enough for a search to rule others out: if the nearest of a sample
 * is hardly nearer than the mean, no bound can tell them apart (J. He, S. Kumar, S.-F. Chang, "On
 * the difficulty of nearest neighbor search", ICML 2012, section 2: relative contrast).
 */
export function hasContrast(images: ImageDataset): boolean {
  const sample = spreadSample(images, SAMPLE);
  let [nearest, mean] = [0, 0];
  for (const asked of sample.slice(0, ASKED)) {
    const distances = sample.filter((other) => other !== asked)
      .map((other) => squaredEuclideanDistance(asked, other));
    nearest += Math.min(...distances);
    mean += distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  }
  return nearest <= NO_CONTRAST * mean;
}
