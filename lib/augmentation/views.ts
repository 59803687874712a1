import * as tf from "@tensorflow/tfjs";

/**
 * Of which views of an image a network's logits may be averaged: `mirrored` is the image and its
 * mirror image, left for right.
 */
export const VIEWS = ["mirrored"] as const;

/** One of {@linkcode VIEWS}. */
export type Views = typeof VIEWS[number];

/**
 * The mean of what a network makes of the views of a batch, of the images alone if none are named.
 *
 * @param look Maps images `[batch, height, width, 1]` to logits `[batch, classes]`.
 * @param images `[batch, height, width, 1]`.
 */
export function meanOverViews<T extends tf.Tensor>(
  look: (images: tf.Tensor4D) => T,
  images: tf.Tensor4D,
  { views }: { readonly views?: Views },
): T {
  if (views === undefined) return look(images);
  return tf.tidy(() => tf.div(tf.add(look(images), look(tf.reverse(images, 2))), 2));
}
