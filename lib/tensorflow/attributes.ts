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

/** How the attributes of an operation are set: eager operations and those of graphs differ. */
export interface AttributeSetters {
  string(operation: Pointer, name: Bytes, value: Bytes, length: bigint): void;
  int(operation: Pointer, name: Bytes, value: bigint): void;
  intList(operation: Pointer, name: Bytes, values: BigInt64Array<ArrayBuffer>, n: number): void;
  float(operation: Pointer, name: Bytes, value: number): void;
  floatList(operation: Pointer, name: Bytes, values: Float32Array<ArrayBuffer>, n: number): void;
  bool(operation: Pointer, name: Bytes, value: number): void;
  boolList(operation: Pointer, name: Bytes, values: Bytes, n: number): void;
  type(operation: Pointer, name: Bytes, code: number): void;
  shape(operation: Pointer, name: Bytes, sizes: BigInt64Array<ArrayBuffer>, rank: number): void;
}

type Pointer = Deno.PointerValue;
type Bytes = Uint8Array<ArrayBuffer>;

/** Sets attributes on an operation of the eager runtime. */
export function eagerSetters(api: TensorflowApi, status: Status): AttributeSetters {
  return {
    string: api.TFE_OpSetAttrString,
    int: api.TFE_OpSetAttrInt,
    intList: api.TFE_OpSetAttrIntList,
    float: api.TFE_OpSetAttrFloat,
    floatList: api.TFE_OpSetAttrFloatList,
    bool: api.TFE_OpSetAttrBool,
    boolList: api.TFE_OpSetAttrBoolList,
    type: api.TFE_OpSetAttrType,
    shape(operation, name, sizes, rank) {
      api.TFE_OpSetAttrShape(operation, name, sizes, rank, status.pointer);
      const attribute = () => new TextDecoder().decode(name.subarray(0, -1));
      status.check(() => `set the attribute ${attribute()} to the shape [${sizes}]`);
    },
  };
}

/** Sets attributes on an operation that is added to a graph. */
export function graphSetters(api: TensorflowApi): AttributeSetters {
  return {
    string: api.TF_SetAttrString,
    int: api.TF_SetAttrInt,
    intList: api.TF_SetAttrIntList,
    float: api.TF_SetAttrFloat,
    floatList: api.TF_SetAttrFloatList,
    bool: api.TF_SetAttrBool,
    boolList: api.TF_SetAttrBoolList,
    type: api.TF_SetAttrType,
    shape: api.TF_SetAttrShape,
  };
}

/**
 * Sets an attribute on an operation that is being put together. A list sets the
 * attribute's list form.
 *
 * @throws {TypeError} If the value does not fit the attribute's type.
 */
export function setAttribute(
  setters: AttributeSetters,
  operation: Deno.PointerValue,
  { name, type, value }: OperationAttribute,
): void {
  const cName = cString(name);
  const isText = type === ATTRIBUTE_TYPES.string;
  const isList = !isText && (Array.isArray(value) || ArrayBuffer.isView(value));
  const list = isList ? numbersOf(value) : undefined;
  switch (type) {
    case ATTRIBUTE_TYPES.string: {
      const bytes = value instanceof Uint8Array
        ? Uint8Array.from(value)
        : new TextEncoder().encode(String(value));
      return setters.string(operation, cName, bytes, BigInt(bytes.length));
    }
    case ATTRIBUTE_TYPES.int:
      return list === undefined
        ? setters.int(operation, cName, int64(Number(value)))
        : setters.intList(operation, cName, int64s(list), list.length);
    case ATTRIBUTE_TYPES.float:
      return list === undefined
        ? setters.float(operation, cName, Number(value))
        : setters.floatList(operation, cName, Float32Array.from(list), list.length);
    case ATTRIBUTE_TYPES.bool:
    case DATA_TYPES.bool:
      return list === undefined
        ? setters.bool(operation, cName, value ? 1 : 0)
        : setters.boolList(operation, cName, Uint8Array.from(list), list.length);
    case ATTRIBUTE_TYPES.type:
      return setters.type(operation, cName, Number(value));
    case ATTRIBUTE_TYPES.shape:
      if (list === undefined) break;
      return setters.shape(operation, cName, int64s(list), list.length);
  }
  throw new TypeError(`Cannot set the attribute ${name}: type ${type} does not take ${value}`);
}

function numbersOf(value: object): number[] {
  return Array.from(Object.values(value), Number);
}

function int64s(values: number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(values, int64);
}

/** As a cast in C++ does it; TensorFlow.js hands seeds over that are no whole numbers. */
function int64(value: number): bigint {
  return BigInt(Math.trunc(value));
}
