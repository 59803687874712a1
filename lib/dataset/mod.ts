/**
 * Fashion-MNIST: the IDX format, where the files come from, splits and batches.
 *
 * @module
 */
export { type Batch, batches, type BatchesOptions, type Share, shareOf } from "./batches.ts";
export {
  decodeIdxImages,
  type DecodeIdxImagesOptions,
  decodeIdxLabels,
  type DecodeIdxLabelsOptions,
} from "./idx.ts";
export { ImageDataset, type ImageDatasetOptions } from "./image_dataset.ts";
export { LABELS } from "./labels.ts";
export {
  type FashionMnist,
  loadFashionMnist,
  type LoadFashionMnistOptions,
} from "./load_fashion_mnist.ts";
export { allShifts, shiftImages, type ShiftOptions } from "./shift_images.ts";
export type { SplitOptions } from "./split.ts";
