import { cString, type TensorflowApi } from "./c_api.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./data_types.ts";
import type { Status } from "./status.ts";

/** An attribute of an operation, as the kernels of TensorFlow.js describe it. */
export interface OperationAttribute {
  name: string;
  /** One of {@linkcode ATTRIBUTE_TYPES}; booleans also come as `DATA_TYPES.bool`. */
  type: number;
  value: boolean | number | object | string | number[];
}

/**
 * Sets an attribute on an operation that is being put together. A list sets the
 * attribute's list form.
 *
 * @throws {TypeError} If the value does not fit the attribute's type.
 */
export function setAttribute(
  api: TensorflowApi,
  operation: Deno.PointerValue,
  { name, type, value }: OperationAttribute,
  status: Status,
): void {
  const cName = cString(name);
  const list = Array.isArray(value) || ArrayBuffer.isView(value) ? numbersOf(value) : undefined;
  switch (type) {
    case ATTRIBUTE_TYPES.string: {
      const bytes = new TextEncoder().encode(String(value));
      return api.TFE_OpSetAttrString(operation, cName, bytes, BigInt(bytes.length));
    }
    case ATTRIBUTE_TYPES.int:
      return list === undefined
        ? api.TFE_OpSetAttrInt(operation, cName, BigInt(Number(value)))
        : api.TFE_OpSetAttrIntList(operation, cName, int64s(list), list.length);
    case ATTRIBUTE_TYPES.float:
      return list === undefined
        ? api.TFE_OpSetAttrFloat(operation, cName, Number(value))
        : api.TFE_OpSetAttrFloatList(operation, cName, Float32Array.from(list), list.length);
    case ATTRIBUTE_TYPES.bool:
    case DATA_TYPES.bool:
      return list === undefined
        ? api.TFE_OpSetAttrBool(operation, cName, value ? 1 : 0)
        : api.TFE_OpSetAttrBoolList(operation, cName, Uint8Array.from(list), list.length);
    case ATTRIBUTE_TYPES.type:
      return api.TFE_OpSetAttrType(operation, cName, Number(value));
    case ATTRIBUTE_TYPES.shape:
      if (list === undefined) break;
      api.TFE_OpSetAttrShape(operation, cName, int64s(list), list.length, status.pointer);
      return status.check(() => `set the attribute ${name} to the shape [${list}]`);
  }
  throw new TypeError(`Cannot set the attribute ${name}: type ${type} does not take ${value}`);
}

function numbersOf(value: object): number[] {
  return Array.from(Object.values(value), Number);
}

function int64s(values: number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(values, (value) => BigInt(value));
}
