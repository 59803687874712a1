/** TensorFlow's codes of the element types (`TF_DataType` of tf_datatype.h). */
export const DATA_TYPES = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  complex128: 18,
  float16: 19,
  resource: 20,
  variant: 21,
  uint32: 22,
  uint64: 23,
} as const;

/** The element types that TensorFlow.js has no name for, by what it takes their values for. */
const NUMBERS: ReadonlyMap<number, number> = new Map([
  ...(["float64", "float16", "bfloat16"] as const)
    .map((name) => [DATA_TYPES[name], DATA_TYPES.float32] as const),
  ...(["int8", "uint8", "int16", "uint16", "uint32", "int64", "uint64"] as const)
    .map((name) => [DATA_TYPES[name], DATA_TYPES.int32] as const),
]);

/**
 * The element type by which TensorFlow.js knows values of a type: `float32` for all real numbers,
 * `int32` for all whole ones, any other itself.
 */
export const knownAs = (code: number): number => NUMBERS.get(code) ?? code;

/** TensorFlow's codes of the attribute types (`TF_AttrType` of c_api.h). */
export const ATTRIBUTE_TYPES = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** The values of a tensor on the host; a `complex64` element takes two numbers. */
export type TensorData = Float32Array | Int32Array | Uint8Array;

/** The largest and smallest numbers of 32 bits. */
const INT32_LIMIT = 2n ** 31n;

/** The name of a type code, for messages: `float32`, or `type 11` for one we do not know. */
export function dataTypeName(code: number): string {
  return Object.entries(DATA_TYPES).find(([, known]) => known === code)?.[0] ?? `type ${code}`;
}

/** The least and the greatest numbers of types that do not hold all numbers of 32 bits. */
const RANGES: ReadonlyMap<number, readonly [min: number, max: number]> = new Map([
  [DATA_TYPES.int8, [-128, 127]],
  [DATA_TYPES.uint8, [0, 255]],
  [DATA_TYPES.int16, [-32_768, 32_767]],
  [DATA_TYPES.uint16, [0, 65_535]],
  [DATA_TYPES.uint32, [0, Infinity]],
  [DATA_TYPES.uint64, [0, Infinity]],
  [DATA_TYPES.float16, [-65_504, 65_504]],
]);

/** The first finite number that does not fit an element type; `undefined` if all do. */
export function outOfRange(values: TensorData, dataType: number): number | undefined {
  const [min, max] = RANGES.get(dataType) ?? [-Infinity, Infinity];
  return values.find((value) => Number.isFinite(value) && (value < min || value > max));
}

/**
 * The values of a tensor from its bytes, without a copy where TensorFlow.js has the element type.
 * Others become what it knows them as: {@linkcode knownAs}.
 *
 * @throws {TypeError} If the element type is not one of numbers.
 * @throws {RangeError} If a number does not fit 32 bits.
 */
export function valuesOf(bytes: Uint8Array<ArrayBuffer>, dataType: number): TensorData {
  switch (dataType) {
    case DATA_TYPES.float32:
    case DATA_TYPES.complex64:
      return new Float32Array(bytes.buffer);
    case DATA_TYPES.int32:
      return new Int32Array(bytes.buffer);
    case DATA_TYPES.int64:
      return Int32Array.from(new BigInt64Array(bytes.buffer), (value) => int32(value, dataType));
    case DATA_TYPES.uint64:
      return Int32Array.from(new BigUint64Array(bytes.buffer), (value) => int32(value, dataType));
    case DATA_TYPES.uint32:
      return Int32Array.from(new Uint32Array(bytes.buffer), (value) => int32(value, dataType));
    case DATA_TYPES.int16:
      return Int32Array.from(new Int16Array(bytes.buffer));
    case DATA_TYPES.uint16:
      return Int32Array.from(new Uint16Array(bytes.buffer));
    case DATA_TYPES.int8:
      return Int32Array.from(new Int8Array(bytes.buffer));
    case DATA_TYPES.float64:
      return Float32Array.from(new Float64Array(bytes.buffer), float32);
    case DATA_TYPES.float16:
      return Float32Array.from(new Float16Array(bytes.buffer));
    case DATA_TYPES.bfloat16:
      // The upper half of a float32.
      return new Float32Array(
        Uint32Array.from(new Uint16Array(bytes.buffer), (upper) => upper << 16).buffer,
      );
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

function int32(value: bigint | number, dataType: number): number {
  if (value >= INT32_LIMIT || value < -INT32_LIMIT) throw tooLarge(value, dataType);
  return Number(value);
}

function float32(value: number): number {
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
    throw tooLarge(value, DATA_TYPES.float64);
  }
  return value;
}

function tooLarge(value: bigint | number, dataType: number): RangeError {
  return new RangeError(
    `Cannot read a tensor of ${dataTypeName(dataType)}: ${value} does not fit 32 bits`,
  );
}

function bytes(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function unsupported(action: string, dataType: number): TypeError {
  return new TypeError(
    `Cannot ${action} a tensor of ${dataTypeName(dataType)}: it holds no numbers`,
  );
}
