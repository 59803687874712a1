import * as tf from "@tensorflow/tfjs";
import type { Picture } from "./picture.ts";
import { preparePicture } from "./prepare_picture.ts";
import { readPicture } from "./read_picture.ts";

/** What a network makes of a picture. */
export interface Classification {
  /** What the network saw: pixels `[28, 28]`, 0..255, the garment light on black. */
  readonly image: Uint8Array;
  /** How probable it holds each class, `[10]`, each 0..1 and together 1. */
  readonly probabilities: Float32Array;
  /** The most probable class, 0..9. */
  readonly label: number;
}

/**
 * Classifies a picture of one garment, of any size, dark on light or light on dark: it is read by
 * {@linkcode readPicture}, prepared by {@linkcode preparePicture} and shown to the network.
 *
 * The probabilities are the softmax of the network's logits. They tell how the classes compare,
 * not whether the picture shows a garment at all: they add up to 1 for a teapot too.
 *
 * @param model Maps images `[batch, 28, 28, 1]` in 0..1 to logits `[batch, 10]`.
 * @param picture A PNG's or JPEG's path or bytes, or a picture that was read already.
 * @throws {SyntaxError} If it is no PNG or JPEG, or a damaged one.
 * @throws {RangeError} If the picture is blank or has more than 100 million pixels, or the model
 *   is not of these shapes or gives logits that are not finite.
 * @throws {Deno.errors.NotFound} If there is no such file.
 *
 * @example
 * ```ts ignore
 * import { LABELS } from "../dataset/mod.ts";
 * import { loadModel } from "../models/mod.ts";
 * import { classify } from "./mod.ts";
 *
 * const model = await loadModel("data/weights/small-cnn");
 * const { label } = await classify(model, "notebooks/pictures/drawing.png");
 * console.log(LABELS[label]);
 * ```
 */
export async function classify(
  model: tf.LayersModel,
  picture: string | Uint8Array | Picture,
): Promise<Classification> {
  const isFile = typeof picture === "string" || picture instanceof Uint8Array;
  return await classifyImage(model, preparePicture(isFile ? await readPicture(picture) : picture));
}

/**
 * Classifies an image that is as the network expects it, such as one of Fashion-MNIST's.
 *
 * @param model As {@linkcode classify} takes it.
 * @param image Pixels `[28, 28]`, 0..255.
 * @throws {RangeError} If the image has not 784 pixels, or the model is not of these shapes or
 *   gives logits that are not finite.
 */
export async function classifyImage(
  model: tf.LayersModel,
  image: Uint8Array,
): Promise<Classification> {
  checkShapes(model);
  if (image.length !== 784) {
    throw new RangeError(`Cannot classify: the image has ${image.length} pixels, expected 784`);
  }
  const output = tf.tidy(() => {
    const images = tf.tensor4d(Float32Array.from(image, (pixel) => pixel / 255), [1, 28, 28, 1]);
    const logits = model.apply(images);
    if (!(logits instanceof tf.Tensor)) throw new RangeError("Cannot classify: several outputs");
    return tf.softmax(logits);
  });
  const probabilities = await output.data<"float32">().finally(() => output.dispose());
  if (!probabilities.every(Number.isFinite)) {
    throw new RangeError(
      `Cannot classify: the probabilities are ${probabilities.join(", ")}, expected finite numbers`,
    );
  }
  return { image, probabilities, label: probabilities.indexOf(Math.max(...probabilities)) };
}

function checkShapes(model: tf.LayersModel): void {
  const shapes = [model.inputs, model.outputs].map((ends) => ends.map(({ shape }) => shape));
  const expected = [[[null, 28, 28, 1]], [[null, 10]]];
  if (JSON.stringify(shapes) !== JSON.stringify(expected)) {
    throw new RangeError(
      "Cannot classify: the shapes of the model's inputs and outputs are " +
        `${JSON.stringify(shapes)}, expected ${JSON.stringify(expected)}`,
    );
  }
}
