import { encodeHex } from "@std/encoding";
import * as tf from "@tensorflow/tfjs";

/** What a checkpoint holds: tensors by name, and whatever else JSON can say. */
export interface Checkpoint<Facts> {
  readonly tensors: tf.NamedTensorMap;
  readonly facts: Facts;
}

/** Hexadecimal digits of a SHA-256, and the line break behind them. */
const CHECKSUM = 65;
const NEWLINE = 10;

/**
 * A checkpoint as a file: its SHA-256, a line of JSON, and the tensors' values, little-endian, in
 * TensorFlow.js's encoding. The tensors remain the caller's.
 */
export async function encodeCheckpoint(
  { tensors, facts }: Checkpoint<unknown>,
): Promise<Uint8Array> {
  const { data, specs } = await tf.io.encodeWeights(tensors);
  const header = new TextEncoder().encode(`${JSON.stringify({ facts, specs })}\n`);
  const bytes = new Uint8Array(CHECKSUM + header.length + data.byteLength);
  bytes.set(header, CHECKSUM);
  bytes.set(new Uint8Array(data), CHECKSUM + header.length);
  bytes.set(new TextEncoder().encode(`${await sha256(bytes.subarray(CHECKSUM))}\n`));
  return bytes;
}

/**
 * Reads such a file. The tensors are the caller's.
 *
 * @param path For the error's message only.
 * @throws {RangeError} If a single bit is not as it was written.
 */
export async function decodeCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<Checkpoint<unknown>> {
  const expected = new TextDecoder().decode(bytes.subarray(0, CHECKSUM));
  const content = bytes.subarray(CHECKSUM);
  const actual = `${await sha256(content)}\n`;
  if (actual !== expected) {
    throw new RangeError(
      `Cannot resume from ${path}: it is damaged, its SHA-256 begins with ` +
        `${actual.slice(0, 12)}, expected ${JSON.stringify(expected.slice(0, 12))}`,
    );
  }
  const end = content.indexOf(NEWLINE);
  const { facts, specs } = JSON.parse(new TextDecoder().decode(content.subarray(0, end)));
  return { tensors: tf.io.decodeWeights(content.slice(end + 1).buffer, specs), facts };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeHex(await crypto.subtle.digest("SHA-256", bytes));
}
