import { encodeBase64 } from "@std/encoding";
import { join } from "node:path";
import { writeAtomically } from "../files/mod.ts";
import { LearnedMetric } from "../knn/mod.ts";
import { JsonFields } from "./json_fields.ts";
import { sha256 } from "./sha256.ts";

const FILE = "metric.json";

/** A metric that was read from a file. */
export interface SavedMetric {
  readonly metric: LearnedMetric;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Writes `metric.json` into a folder, which must be there, and gives the file's SHA-256. */
export async function writeMetric(metric: LearnedMetric, directory: string): Promise<string> {
  const { weights, centres, scale } = metric;
  const text = JSON.stringify({
    scale,
    centres: encodeBase64(new Uint8Array(Int32Array.from(centres).buffer)),
    weights: encodeBase64(new Uint8Array(Int8Array.from(weights).buffer)),
  }) + "\n";
  await writeAtomically(join(directory, FILE), text);
  return await sha256(new TextEncoder().encode(text));
}

/**
 * Reads the `metric.json` of a folder: base64 of 8-bit weights and 32-bit centres, and the scale.
 *
 * @throws {Deno.errors.NotFound} If there is none.
 * @throws {SyntaxError} If it is not JSON, or its numbers are not base64.
 * @throws {TypeError} If a field is missing, unknown or of another type.
 * @throws {RangeError} If the numbers do not make a metric.
 */
export async function readMetric(directory: string): Promise<SavedMetric> {
  const path = join(directory, FILE);
  const text = await Deno.readTextFile(path);
  const metric = JsonFields.parse(text, path, (fields) => {
    const weights = fields.bytes("weights");
    const centres = fields.bytes("centres");
    if (centres.length % 4 !== 0) throw fields.error("centres", "numbers of 4 bytes");
    return new LearnedMetric(new Int8Array(weights.buffer), {
      centres: new Int32Array(centres.buffer),
      scale: fields.number("scale"),
    });
  });
  return { metric, sha256: await sha256(new TextEncoder().encode(text)) };
}
