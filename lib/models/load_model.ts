import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
// Loading must know our layers, which register themselves.
import "../tensorflow/mod.ts";
import { isRecord, isSequential, removeSoftmax, type SequentialTopology } from "./topology.ts";
import { assertFinite, type WeightSpec } from "./weight_values.ts";

/** What {@linkcode saveModel} writes to model.json, as far as loading needs it. */
interface ModelJson {
  modelTopology: SequentialTopology;
  weightsManifest: [{ weights: SavedWeight[] }];
}

interface SavedWeight extends WeightSpec {
  dtype: "float32";
  quantization?: { dtype: "float16" };
}

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
  const weightData = await readWeights(join(directory, "weights.bin"), weightSpecs);
  try {
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  } catch (cause) {
    throw new SyntaxError(`Cannot load model: ${path} describes no model`, { cause });
  }
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

async function readWeights(path: string, specs: readonly SavedWeight[]): Promise<ArrayBuffer> {
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
  return buffer;
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
