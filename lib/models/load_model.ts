import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
// Loading must know our layers, which register themselves.
import "../tensorflow/mod.ts";
import { readSavedModel } from "./saved_model.ts";

/**
 * Loads a model that {@linkcode saveModel} saved: the same layers and weights, without the
 * softmax, so it maps images `[batch, 28, 28, 1]` to logits `[batch, 10]`.
 *
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If `model.json` is not such a model that ends in a softmax.
 * @throws {RangeError} If `weights.bin` has not the length that `model.json` states, or holds a
 *   value that is not finite.
 */
export async function loadModel(directory: string): Promise<tf.LayersModel> {
  const { modelTopology, weightSpecs, values } = await readSavedModel(directory);
  try {
    return await tf.loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: [...weightSpecs], weightData: values.buffer }),
    );
  } catch (cause) {
    const path = join(directory, "model.json");
    throw new SyntaxError(`Cannot load model: ${path} describes no model`, { cause });
  }
}
