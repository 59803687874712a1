import { gunzipSync } from "node:zlib";

/**
 * Decompresses gzip bytes, up to a limit.
 *
 * @throws {SyntaxError} If the bytes are not gzip, end early, or their checksum is wrong.
 * @throws {RangeError} If there are more than `maxByteLength` bytes in them; it stops there.
 */
export function gunzip(
  bytes: Uint8Array,
  { maxByteLength }: { maxByteLength: number },
): Uint8Array<ArrayBuffer> {
  try {
    // A copy, since a Buffer may be part of a larger one.
    return new Uint8Array(gunzipSync(bytes, { maxOutputLength: maxByteLength }));
  } catch (error) {
    // RangeError is what zlib itself throws at the limit; the rest is broken input.
    if (error instanceof RangeError) {
      throw new RangeError(`Cannot decompress gzip: more than ${maxByteLength} bytes come out`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`Cannot decompress gzip: ${reason}`, { cause: error });
  }
}
