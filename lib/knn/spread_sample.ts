import type { ImageDataset } from "../dataset/mod.ts";

/** At most so many images of a dataset, evenly spread over it: the same ones each time. */
export function spreadSample(images: ImageDataset, most: number): Uint8Array[] {
  const step = Math.ceil(images.length / most);
  return Array.from(
    { length: Math.ceil(images.length / step) },
    (_, i) => images.image(i * step),
  );
}
