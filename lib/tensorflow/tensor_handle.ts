import type { TensorflowApi } from "./c_api.ts";
import { bytesOf, DATA_TYPES, dataTypeName, type TensorData, valuesOf } from "./data_types.ts";
import type { Status } from "./status.ts";

/** Bytes of one element; what is not here cannot be created or read by this binding. */
const BYTES_PER_ELEMENT = new Map<number, number>([
  [DATA_TYPES.float32, 4],
  [DATA_TYPES.int32, 4],
  [DATA_TYPES.uint8, 1],
  [DATA_TYPES.bool, 1],
  [DATA_TYPES.int64, 8],
  [DATA_TYPES.complex64, 8],
  [DATA_TYPES.float64, 8],
  [DATA_TYPES.uint64, 8],
  [DATA_TYPES.uint32, 4],
  [DATA_TYPES.int16, 2],
  [DATA_TYPES.uint16, 2],
  [DATA_TYPES.float16, 2],
  [DATA_TYPES.bfloat16, 2],
  [DATA_TYPES.int8, 1],
]);

/**
 * Copies values into a new tensor of TensorFlow's and returns the handle, which the
 * caller releases with `TFE_DeleteTensorHandle`.
 *
 * @throws {TypeError} If the element type is not one of numbers.
 * @throws {RangeError} If the number of values does not fit the shape, or memory runs out.
 */
export function newTensorHandle(
  api: TensorflowApi,
  status: Status,
  { shape, dtype, values }: {
    shape: readonly number[];
    dtype: number;
    values: ArrayLike<number> | boolean[];
  },
): Deno.PointerValue {
  const tensor = newTensor(api, { shape, dtype, bytes: bytesOf(values, dtype) });
  try {
    const handle = api.TFE_NewTensorHandle(tensor, status.pointer);
    status.check(() => `create a tensor of ${dataTypeName(dtype)} [${shape.join(", ")}]`);
    return handle;
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

/**
 * Copies bytes into a new `TF_Tensor`, which the caller releases with `TF_DeleteTensor`.
 *
 * @throws {RangeError} If the number of bytes does not fit the shape, or memory runs out.
 */
export function newTensor(
  api: TensorflowApi,
  { shape, dtype, bytes }: { shape: readonly number[]; dtype: number; bytes: Uint8Array },
): Deno.PointerValue {
  const describe = () => `create a tensor of ${dataTypeName(dtype)} [${shape.join(", ")}]`;
  const expected = byteSizeOf({ shape, dtype });
  if (bytes.byteLength !== expected) {
    throw new RangeError(
      `Cannot ${describe()}: received ${bytes.byteLength} bytes, expected ${expected}`,
    );
  }
  const tensor = api.TF_AllocateTensor(dtype, shapeOf(shape), shape.length, BigInt(expected));
  if (tensor === null) throw new RangeError(`Cannot ${describe()}: out of memory`);
  const data = api.TF_TensorData(tensor);
  if (data !== null && expected > 0) {
    new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, expected)).set(bytes);
  }
  return tensor;
}

/** How many bytes a tensor takes, 0 for an element type that is not supported. */
export function byteSizeOf(
  { shape, dtype }: { readonly shape: readonly number[]; readonly dtype: number },
): number {
  const elements = shape.reduce((product, size) => product * size, 1);
  return elements * (BYTES_PER_ELEMENT.get(dtype) ?? 0);
}

/** A shape as TensorFlow takes it. */
export function shapeOf(shape: readonly number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(shape, BigInt);
}

/** The shape and the type code of the tensor behind a handle. */
export function describeHandle(
  api: TensorflowApi,
  status: Status,
  handle: Deno.PointerValue,
): { shape: number[]; dtype: number } {
  const rank = api.TFE_TensorHandleNumDims(handle, status.pointer);
  status.check(() => "read a tensor's rank");
  const shape = Array.from(
    { length: rank },
    (_, axis) => Number(api.TFE_TensorHandleDim(handle, axis, status.pointer)),
  );
  return { shape, dtype: api.TFE_TensorHandleDataType(handle) };
}

/**
 * Copies a tensor's values to the host, waiting for them to be computed.
 *
 * @throws {TypeError} If the element type is not one of numbers.
 */
export function readTensorHandle(
  api: TensorflowApi,
  status: Status,
  handle: Deno.PointerValue,
): TensorData {
  const dtype = api.TFE_TensorHandleDataType(handle);
  return valuesOf(readBytes(api, status, handle), dtype);
}

/** Copies a tensor's bytes to the host, none for an element type that is not supported. */
export function readBytes(
  api: TensorflowApi,
  status: Status,
  handle: Deno.PointerValue,
): Uint8Array<ArrayBuffer> {
  const dtype = api.TFE_TensorHandleDataType(handle);
  if (!BYTES_PER_ELEMENT.has(dtype)) return new Uint8Array();
  return withTensor(api, status, handle, (tensor) => {
    const bytes = new Uint8Array(Number(api.TF_TensorByteSize(tensor)));
    const data = api.TF_TensorData(tensor);
    if (data !== null && bytes.length > 0) Deno.UnsafePointerView.copyInto(data, bytes);
    return bytes;
  });
}

/** Waits for a tensor to be computed, lends it as a `TF_Tensor`, and releases that. */
export function withTensor<T>(
  api: TensorflowApi,
  status: Status,
  handle: Deno.PointerValue,
  read: (tensor: Deno.PointerValue) => T,
): T {
  const tensor = api.TFE_TensorHandleResolve(handle, status.pointer);
  status.check(() => `read a tensor of ${dataTypeName(api.TFE_TensorHandleDataType(handle))}`);
  try {
    return read(tensor);
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

/** A copy of the bytes of a `TF_Buffer`: `struct { const void* data; size_t length; … }`. */
export function bufferBytes(buffer: Deno.PointerValue): Uint8Array<ArrayBuffer> {
  if (buffer === null) return new Uint8Array();
  const view = new Deno.UnsafePointerView(buffer);
  const data = view.getPointer(0);
  const length = Number(view.getBigUint64(8));
  if (data === null) return new Uint8Array();
  return Uint8Array.from(new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, length)));
}
