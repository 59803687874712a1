/**
 * A picture of one's own, classified: a PNG or JPEG is read, made into what Fashion-MNIST would
 * have made of it, and shown to a network.
 *
 * @module
 */
export { type Classification, classify, classifyImage } from "./classify.ts";
export type { Picture } from "./picture.ts";
export { preparePicture, type PreparePictureOptions } from "./prepare_picture.ts";
export { readPicture } from "./read_picture.ts";
