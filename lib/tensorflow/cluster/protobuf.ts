/** What a field of a message holds: another message's bytes, text, or a whole number from 0. */
export type FieldValue = Uint8Array | string | number | boolean;

/** A field: its number in the message's definition, and its value. */
export type Field = readonly [number: number, value: FieldValue];

const LENGTH_DELIMITED = 2;

/**
 * Encodes a message of protocol buffers, of the few kinds of fields that the cluster's messages
 * have. A field that is repeated stands there once for each value.
 *
 * Source: protobuf.dev, "Encoding".
 */
export function encodeMessage(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fields.flatMap(([number, value]) => encodeField(number, value)));
}

function encodeField(number: number, value: FieldValue): number[] {
  if (typeof value === "number" || typeof value === "boolean") {
    return [...varint(number << 3), ...varint(Number(value))];
  }
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return [...varint(number << 3 | LENGTH_DELIMITED), ...varint(bytes.length), ...bytes];
}

/** A whole number from 0 in groups of seven bits, the lowest first. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push(value % 0x80 | 0x80);
  return [...bytes, value];
}
