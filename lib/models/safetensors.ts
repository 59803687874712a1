import * as tf from "@tensorflow/tfjs";
import { readSavedModel } from "./saved_model.ts";

/**
 * A model that {@linkcode saveModel} saved, as the bytes of a safetensors file, which Python reads
 * without running anything of it: each weight under its layer's name and its own
 * (`conv1/kernel`, `normalization1/moving_mean`), in the type that it was saved in, in TensorFlow's
 * layout: kernels of convolutions are `[height, width, inputs, outputs]`, of dense layers
 * `[inputs, outputs]`. The network that they belong to maps images `[batch, 28, 28, 1]` in 0..1 to
 * logits; there is no softmax.
 *
 * Source: the format's description, safetensors 0.8: the length of the header as 64 bits, little
 * endian; the header, JSON with its spaces at the end up to a multiple of 8 bytes; the values.
 *
 * @param directory The folder with `model.json` and `weights.bin`.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError | RangeError} If they are damaged, as {@linkcode loadModel} has it.
 */
export async function encodeSafetensors(directory: string): Promise<Uint8Array<ArrayBuffer>> {
  const { modelTopology, weightSpecs, values } = await readSavedModel(directory);
  const dtype = values instanceof Float16Array ? "F16" : "F32";
  const header: Record<string, object> = { __metadata__: { model: modelTopology.config.name } };
  let end = 0;
  for (const { name, shape } of weightSpecs) {
    const start = end;
    end += values.BYTES_PER_ELEMENT * tf.util.sizeFromShape(shape);
    header[name] = { dtype, shape, data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + values.byteLength).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  bytes.set(new Uint8Array(values.buffer), 8 + length);
  return bytes;
}
