/**
 * Stands in for `jsr:@std/encoding` where JSR cannot be reached: the functions
 * that this project uses, with the same names and signatures, over the
 * language's own `Uint8Array` methods. `deno task jsr` drops it in favour of the registry's.
 *
 * @module
 */

const bytesOf = (data: string | Uint8Array | ArrayBuffer): Uint8Array =>
  typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data);

/** Encodes bytes (or a text's UTF-8 bytes) as base64. */
export function encodeBase64(data: ArrayBuffer | Uint8Array | string): string {
  return bytesOf(data).toBase64();
}

/** Decodes base64; throws a `TypeError` (here: `SyntaxError`) where the text is not base64. */
export function decodeBase64(b64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(b64);
}

/** Encodes bytes (or a text's UTF-8 bytes) as lower-case hexadecimal. */
export function encodeHex(src: string | Uint8Array | ArrayBuffer): string {
  return bytesOf(src).toHex();
}
