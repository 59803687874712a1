/** TensorFlow's codes of the element types (`TF_DataType` of tf_datatype.h). */
export const DATA_TYPES = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** TensorFlow's codes of the attribute types (`TF_AttrType` of c_api.h). */
export const ATTRIBUTE_TYPES = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** The values of a tensor on the host; a `complex64` element takes two numbers. */
export type TensorData = Float32Array | Int32Array | Uint8Array;

/** The largest and smallest numbers of 32 bits. */
const INT32_LIMIT = 2n ** 31n;

/** The name of a type code, for messages: `float32`, or `type 19` for one we do not know. */
export function dataTypeName(code: number): string {
  return Object.entries(DATA_TYPES).find(([, known]) => known === code)?.[0] ?? `type ${code}`;
}

/**
 * The values of a tensor from its bytes, without a copy where JavaScript has the element
 * type. TensorFlow.js knows no `int64` and calls such a tensor `int32`: so do its values.
 *
 * @throws {TypeError} If the element type is not one of numbers.
 * @throws {RangeError} If an `int64` does not fit 32 bits.
 */
export function valuesOf(bytes: Uint8Array<ArrayBuffer>, dataType: number): TensorData {
  switch (dataType) {
    case DATA_TYPES.float32:
    case DATA_TYPES.complex64:
      return new Float32Array(bytes.buffer);
    case DATA_TYPES.int32:
      return new Int32Array(bytes.buffer);
    case DATA_TYPES.int64:
      return Int32Array.from(new BigInt64Array(bytes.buffer), int32);
    case DATA_TYPES.uint8:
    case DATA_TYPES.bool:
      return bytes;
    default:
      throw unsupported("read", dataType);
  }
}

/**
 * The bytes of values as the element type wants them. TensorFlow.js hands over
 * typed arrays of the right kind nearly always; its `int64` scalars come as pairs
 * of 32-bit halves, low half first.
 */
export function bytesOf(values: ArrayLike<number> | boolean[], dataType: number): Uint8Array {
  switch (dataType) {
    case DATA_TYPES.float32:
    case DATA_TYPES.complex64:
      return bytes(values instanceof Float32Array ? values : Float32Array.from(values, Number));
    case DATA_TYPES.int32:
    case DATA_TYPES.int64:
      return bytes(values instanceof Int32Array ? values : Int32Array.from(values, Number));
    case DATA_TYPES.uint8:
    case DATA_TYPES.bool:
      return values instanceof Uint8Array ? values : Uint8Array.from(values, Number);
    default:
      throw unsupported("create", dataType);
  }
}

function int32(value: bigint): number {
  if (value >= INT32_LIMIT || value < -INT32_LIMIT) {
    throw new RangeError(`Cannot read a tensor of int64: ${value} does not fit 32 bits`);
  }
  return Number(value);
}

function bytes(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function unsupported(action: string, dataType: number): TypeError {
  return new TypeError(
    `Cannot ${action} a tensor of ${dataTypeName(dataType)}: it holds no numbers`,
  );
}
