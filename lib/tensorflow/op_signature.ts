/** Numbers of fields in TensorFlow's op_def.proto. */
const OP_DEF = { inputArg: 2 };
const ARG_DEF = { numberAttr: 5, typeListAttr: 6 };

/**
 * Reads from a serialised `OpDef`, TensorFlow's own description of an operation, which of its
 * inputs, in order, are lists of tensors.
 *
 * Source: op_def.proto, and "Encoding" in the documentation of Protocol Buffers.
 */
export function listInputs(opDef: Uint8Array): boolean[] {
  return fieldsOf(opDef)
    .filter(({ field }) => field === OP_DEF.inputArg)
    .map(({ bytes }) =>
      fieldsOf(bytes).some(({ field }) =>
        field === ARG_DEF.numberAttr || field === ARG_DEF.typeListAttr
      )
    );
}

/** The fields of a message that hold bytes: strings, and messages within it. */
function fieldsOf(message: Uint8Array): { field: number; bytes: Uint8Array }[] {
  const fields: { field: number; bytes: Uint8Array }[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = message[at++];
      // Multiplied, since a bit operation would cut a number of 64 bits to 32.
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wireType = key & 7;
    if (wireType === 2) {
      const length = varint();
      fields.push({ field: key >>> 3, bytes: message.subarray(at, at += length) });
    } else if (wireType === 0) varint();
    else at += wireType === 1 ? 8 : 4;
  }
  return fields;
}
