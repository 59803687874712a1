import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { isRecord, isSequential, removeSoftmax, type SequentialTopology } from "./topology.ts";
import { assertFinite, type WeightSpec } from "./weight_values.ts";

/** A model that `saveModel` wrote, as it lies in its two files; the softmax is taken off. */
export interface SavedModel {
  readonly modelTopology: SequentialTopology;
  /** What the values are, in their order. */
  readonly weightSpecs: readonly SavedWeight[];
  /** All weights, one after the other. */
  readonly values: Float16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Describes a weight of weights.bin. */
export interface SavedWeight extends WeightSpec {
  dtype: "float32";
  quantization?: { dtype: "float16" };
}

/** What model.json holds, as far as loading needs it. */
interface ModelJson {
  modelTopology: SequentialTopology;
  weightsManifest: [{ weights: SavedWeight[] }];
}

/**
 * Reads the two files of a saved model.
 *
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If `model.json` is not such a model that ends in a softmax.
 * @throws {RangeError} If `weights.bin` has not the length that `model.json` states, or holds a
 *   value that is not finite.
 */
export async function readSavedModel(directory: string): Promise<SavedModel> {
  const path = join(directory, "model.json");
  const { modelTopology: saved, weightsManifest } = parseModelJson(
    await Deno.readTextFile(path),
    path,
  );
  const modelTopology = removeSoftmax(saved);
  if (modelTopology === undefined) {
    throw new SyntaxError(`Cannot load model: ${path} does not end in a softmax`);
  }
  const [{ weights: weightSpecs }] = weightsManifest;
  const values = await readWeights(join(directory, "weights.bin"), weightSpecs);
  return { modelTopology, weightSpecs, values };
}

function parseModelJson(text: string, path: string): ModelJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot load model: ${path} is not JSON`, { cause });
  }
  if (!isModelJson(json)) {
    throw new SyntaxError(`Cannot load model: ${path} is no saved model of float weights`);
  }
  return json;
}

async function readWeights(
  path: string,
  specs: readonly SavedWeight[],
): Promise<SavedModel["values"]> {
  const half = specs.every(({ quantization }) => quantization !== undefined);
  const count = specs.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  const expected = count * (half ? 2 : 4);
  const { buffer } = await Deno.readFile(path);
  if (buffer.byteLength !== expected) {
    throw new RangeError(
      `Cannot load model: ${path} has ${buffer.byteLength} bytes, expected ${expected}`,
    );
  }
  const values = half ? new Float16Array(buffer) : new Float32Array(buffer);
  assertFinite(values, { action: `Cannot load model from ${path}`, specs });
  return values;
}

function isModelJson(json: unknown): json is ModelJson {
  if (!isRecord(json) || !isSequential(json.modelTopology)) return false;
  const manifest = json.weightsManifest;
  if (!Array.isArray(manifest) || manifest.length !== 1 || !isRecord(manifest[0])) return false;
  const { weights } = manifest[0];
  if (!Array.isArray(weights) || !weights.every(isSavedWeight)) return false;
  return weights.every(({ quantization }) => !quantization === !weights[0].quantization);
}

function isSavedWeight(weight: unknown): weight is SavedWeight {
  return isRecord(weight) && typeof weight.name === "string" && weight.dtype === "float32" &&
    Array.isArray(weight.shape) &&
    weight.shape.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    (weight.quantization === undefined ||
      isRecord(weight.quantization) && weight.quantization.dtype === "float16");
}
