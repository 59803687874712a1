import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../files/mod.ts";
import { appendSoftmax, isSequential } from "./topology.ts";
import { assertFinite } from "./weight_values.ts";

/** How {@linkcode saveModel} stores the weights. */
export interface SaveModelOptions {
  /**
   * `float16` halves the file and keeps 11 significant bits; `float32` keeps every bit.
   *
   * @default {"float16"}
   */
  dtype?: "float16" | "float32";
}

/**
 * Saves a sequential model that gives logits to a folder, in TensorFlow.js's layers format:
 * `model.json` and `weights.bin`. A softmax is appended, so that a program which loads the files
 * with plain TensorFlow.js gets probabilities. The same weights always give the same bytes.
 *
 * The folder is made if need be. Each file is written whole or not at all, `model.json` last.
 *
 * Source of the format: TensorFlow.js's converter, whose manifest describes float16 weights.
 *
 * @throws {RangeError} If a weight is not finite in the chosen type; nothing is written then.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written, and likewise for what
 *   else the file system refuses.
 */
export async function saveModel(
  model: tf.Sequential,
  directory: string,
  { dtype = "float16" }: SaveModelOptions = {},
): Promise<void> {
  await model.save(tf.io.withSaveHandler(async (artifacts) => {
    await writeArtifacts(artifacts, directory, dtype);
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }));
}

async function writeArtifacts(
  { modelTopology, weightData, weightSpecs = [], ...fields }: tf.io.ModelArtifacts,
  directory: string,
  dtype: "float16" | "float32",
): Promise<void> {
  if (!isSequential(modelTopology)) {
    throw new TypeError("Cannot save model: it must be a tf.Sequential");
  }
  const exact = new Float32Array(tf.io.CompositeArrayBuffer.join(weightData));
  const values = dtype === "float16" ? new Float16Array(exact) : exact;
  assertFinite(values, { action: "Cannot save model", specs: weightSpecs });
  const weights = dtype === "float16"
    ? weightSpecs.map((spec) => ({
      ...spec,
      quantization: { dtype, original_dtype: "float32" },
    }))
    : weightSpecs;
  const json = {
    modelTopology: appendSoftmax(modelTopology),
    ...fields,
    weightsManifest: [{ paths: ["weights.bin"], weights }],
  };

  await Deno.mkdir(directory, { recursive: true });
  await writeAtomically(join(directory, "weights.bin"), new Uint8Array(values.buffer));
  await writeAtomically(join(directory, "model.json"), JSON.stringify(json) + "\n");
}
