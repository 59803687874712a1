import { DATA_TYPES, type TensorData } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { newStringHandle, readStrings } from "./string_tensor.ts";
import { newTensorHandle, readTensorHandle } from "./tensor_handle.ts";

/**
 * Copies values, as TensorFlow.js hands them over, into a tensor of TensorFlow's and returns the
 * handle, which the caller releases.
 *
 * @throws {RangeError} If their number does not fit the shape, or memory runs out.
 */
export function createHandle(
  context: EagerContext,
  { shape, dtype, values }: { shape: readonly number[]; dtype: number; values: unknown },
): Deno.PointerValue {
  if (dtype === DATA_TYPES.string) {
    return newStringHandle(context, { shape, values: stringsOf(values) });
  }
  const numbers = isArrayLike(values) ? values : [Number(values)];
  return newTensorHandle(context.api, context.status, { shape, dtype, values: numbers });
}

/** Copies a tensor's values to the host: numbers, or the bytes of strings. */
export function readHandle(
  context: EagerContext,
  handle: Deno.PointerValue,
): TensorData | Uint8Array[] {
  const { api, status } = context;
  return api.TFE_TensorHandleDataType(handle) === DATA_TYPES.string
    ? readStrings(context, handle)
    : readTensorHandle(api, status, handle);
}

/** A list of texts or bytes, of which one may stand alone. */
function stringsOf(values: unknown): Uint8Array<ArrayBuffer>[] {
  const list = Array.isArray(values) ? values.flat(Infinity) : [values];
  return list.map((value: unknown) =>
    value instanceof Uint8Array ? Uint8Array.from(value) : new TextEncoder().encode(String(value))
  );
}

function isArrayLike(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}
