import type { TensorflowApi } from "./c_api.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { shapeOf, withTensor } from "./tensor_handle.ts";

/** Bytes of a `TF_TString`, TensorFlow's string (tensorflow/core/platform/ctstring_internal.h). */
const TSTRING_SIZE = 24;

/**
 * Copies strings into a new tensor of TensorFlow's and returns the handle, which the caller
 * releases with `TFE_DeleteTensorHandle`.
 *
 * @param values The strings' bytes, whatever they mean.
 * @throws {RangeError} If the number of strings does not fit the shape.
 */
export function newStringHandle(
  context: EagerContext,
  { shape, values }: { shape: readonly number[]; values: readonly Uint8Array<ArrayBuffer>[] },
): Deno.PointerValue {
  const { api, status } = context;
  const describe = () => `create a tensor of string [${shape.join(", ")}]`;
  if (values.length !== shape.reduce((product, size) => product * size, 1)) {
    throw new RangeError(`Cannot ${describe()}: received ${values.length} strings`);
  }
  const bytes = BigInt(TSTRING_SIZE * values.length);
  const tensor = api.TF_AllocateTensor(DATA_TYPES.string, shapeOf(shape), shape.length, bytes);
  const strings = pointersOf(api, tensor, values.length);
  let handle: Deno.PointerValue = null;
  try {
    strings.forEach((string, i) => {
      api.TF_StringInit(string);
      api.TF_StringCopy(string, values[i], BigInt(values[i].length));
    });
    handle = api.TFE_NewTensorHandle(tensor, status.pointer);
    status.check(describe);
    // The strings of a tensor from outside would never be freed. StringJoin of one list copies
    // them into a tensor of TensorFlow's own, which frees them with its last handle.
    const attributes = [{ name: "N", type: ATTRIBUTE_TYPES.int, value: 1 }];
    return context.execute("StringJoin", { attributes, inputs: [handle], outputCount: 1 })[0];
  } finally {
    strings.forEach((string) => api.TF_StringDealloc(string));
    if (handle !== null) api.TFE_DeleteTensorHandle(handle);
    api.TF_DeleteTensor(tensor);
  }
}

/** Copies the strings of a tensor to the host, as bytes. */
export function readStrings(
  { api, status }: EagerContext,
  handle: Deno.PointerValue,
): Uint8Array<ArrayBuffer>[] {
  return withTensor(api, status, handle, (tensor) => {
    const count = Number(api.TF_TensorByteSize(tensor)) / TSTRING_SIZE;
    return pointersOf(api, tensor, count).map((string) => {
      const bytes = new Uint8Array(Number(api.TF_StringGetSize(string)));
      const data = api.TF_StringGetDataPointer(string);
      if (data !== null && bytes.length > 0) Deno.UnsafePointerView.copyInto(data, bytes);
      return bytes;
    });
  });
}

function pointersOf(
  api: TensorflowApi,
  tensor: Deno.PointerValue,
  count: number,
): Deno.PointerValue[] {
  const data = api.TF_TensorData(tensor);
  if (data === null) return [];
  return Array.from(
    { length: count },
    (_, i) => Deno.UnsafePointer.offset(data, TSTRING_SIZE * i),
  );
}
