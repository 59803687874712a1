import type { ImageDataset } from "../dataset/mod.ts";

/** How often each value 0..255 occurs among all pixels of a dataset, `[256]`. */
export function pixelCounts(dataset: ImageDataset): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < dataset.length; i++) {
    for (const value of dataset.image(i)) counts[value]++;
  }
  return counts;
}

/** How many images each class of a dataset has, `[classes]`. */
export function classCounts(dataset: ImageDataset): Uint32Array {
  const counts = new Uint32Array(dataset.classes);
  for (let i = 0; i < dataset.length; i++) counts[dataset.label(i)]++;
  return counts;
}
