import { node as packageNode } from "@tensorflow/tfjs-node-gpu/dist/node.js";
import { getMetaGraphsFromSavedModel, loadSavedModel } from "./saved_model_signatures.ts";

/**
 * What TensorFlow.js calls `tf.node`, on the `tensorflow` backend: images are decoded and encoded
 * (`decodeJpeg`, `decodePng`, `encodePng` and others), training is written down for TensorBoard
 * (`summaryFileWriter`, `tensorBoard`), and models are run that Python's TensorFlow or Keras's
 * `model.export()` saved (`loadSavedModel`), with numbers of all widths.
 *
 * Source: documentation of TensorFlow.js, "tf.node".
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { initBackend, node } from "./mod.ts";
 *
 * const { name } = await initBackend();
 * if (name === "tensorflow") {
 *   const image = tf.tensor3d([0, 128, 255, 64], [2, 2, 1], "int32");
 *   const png = await node.encodePng(image);
 *   assertEquals(node.decodePng(png).dataSync(), image.dataSync());
 * }
 * ```
 */
export const node = { ...packageNode, getMetaGraphsFromSavedModel, loadSavedModel };
