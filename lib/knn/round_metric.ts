import type { ImageDataset } from "../dataset/mod.ts";
import { l1Norm, LearnedMetric, MAX_SUM } from "./learned_metric.ts";
import { spreadSample } from "./spread_sample.ts";

/** So many images show how far codes reach. */
const SAMPLE = 1_000;
/** The share of their numbers that 0..255 has room for; those beyond become 0 or 255. */
const COVERED = 0.9995;

/**
 * Makes whole numbers of a learned map: as large as 8 bits and exact sums allow, with centre and
 * scale so that nearly all numbers of the images' codes fit into 0..255.
 *
 * @param map `[pixels, dimensions]`.
 * @param options.images Those that it was learned from.
 */
export function roundMetric(
  map: Float32Array,
  { images, dimensions }: { readonly images: ImageDataset; readonly dimensions: number },
): LearnedMetric {
  const pixels = map.length / dimensions;
  const rows = Array.from(
    { length: dimensions },
    (_, row) => Float64Array.from({ length: pixels }, (_, i) => map[i * dimensions + row]),
  );
  const greatest = Math.max(...rows.map((row) => Math.max(...row.map(Math.abs))));
  // Rounding adds at most a half to each weight.
  const longest = Math.max(...rows.map(l1Norm));
  const unit = Math.min(127 / greatest, (MAX_SUM / 255 - pixels / 2) / longest);
  const weights = Int8Array.from(rows.flatMap((row) => [...row.map((w) => Math.round(w * unit))]));
  const sums = spreadSample(images, SAMPLE).map((image) => weightedSums(weights, image));
  const centres = Int32Array.from(
    rows,
    (_, row) => sums.reduce((total, sum) => total + sum[row], 0) / sums.length,
  );
  const reach = sums.flatMap((sum) => sum.map((value, row) => Math.abs(value - centres[row])))
    .sort((a, b) => a - b);
  const scale = Math.max(1, reach[Math.floor(COVERED * (reach.length - 1))]) / 127;
  return new LearnedMetric(weights, { centres, scale });
}

/** Whole numbers `[dimensions]`. */
function weightedSums(weights: Int8Array, image: Uint8Array): number[] {
  return Array.from({ length: weights.length / image.length }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < image.length; i++) sum += weights[row * image.length + i] * image[i];
    return sum;
  });
}
