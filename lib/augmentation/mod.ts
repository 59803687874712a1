/**
 * Augmentation: whole batches of images transformed at random, by tensor operations only, so that
 * a recorded training step can hold it and every backend runs it; and the views of an image of
 * which predictions may be averaged.
 *
 * @module
 */
export { affine, type AffineParameters } from "./affine.ts";
export { augment, type AugmentOptions, STUDY_B } from "./augment.ts";
export { cutout, type CutoutOptions } from "./cutout.ts";
export { type AffineRanges, randomAffine } from "./random_affine.ts";
export { randomCrop, type RandomCropOptions } from "./random_crop.ts";
export { randomErasing, type RandomErasingOptions } from "./random_erasing.ts";
export {
  randomHorizontalFlip,
  type RandomHorizontalFlipOptions,
} from "./random_horizontal_flip.ts";
export { meanOverViews, VIEWS, type Views } from "./views.ts";
