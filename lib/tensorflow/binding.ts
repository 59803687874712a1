import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import { type OperationAttribute, setAttribute } from "./attributes.ts";
import { cString, readCString, type TensorflowApi } from "./c_api.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES, dataTypeName, type TensorData } from "./data_types.ts";
import { Status } from "./status.ts";
import { describeHandle, newTensorHandle, readTensorHandle } from "./tensor_handle.ts";

/** What TensorFlow.js keeps of a tensor that lives in TensorFlow. */
class TensorMetadata {
  id = 0;
  shape: number[] = [];
  dtype = 0;
}

/** An attribute, as the package's interface declares it. */
class TFEOpAttr implements OperationAttribute {
  name = "";
  type = 0;
  value: OperationAttribute["value"] = 0;
}

/**
 * Runs TensorFlow's operations for the kernels of `npm:@tensorflow/tfjs-node-gpu`: it
 * has the methods of that package's C++ addon (its interface `TFJSBinding`) and calls
 * TensorFlow's C API through Deno's FFI. Tensors are known by small integers; the
 * addon's names are kept, since the kernels call them.
 */
export class TensorflowBinding implements TFJSBinding {
  readonly TensorMetadata = TensorMetadata;
  readonly TFEOpAttr = TFEOpAttr;
  readonly TF_FLOAT = DATA_TYPES.float32;
  readonly TF_INT32 = DATA_TYPES.int32;
  readonly TF_INT64 = DATA_TYPES.int64;
  readonly TF_BOOL = DATA_TYPES.bool;
  readonly TF_COMPLEX64 = DATA_TYPES.complex64;
  readonly TF_STRING = DATA_TYPES.string;
  readonly TF_RESOURCE = DATA_TYPES.resource;
  readonly TF_UINT8 = DATA_TYPES.uint8;
  readonly TF_ATTR_STRING = ATTRIBUTE_TYPES.string;
  readonly TF_ATTR_INT = ATTRIBUTE_TYPES.int;
  readonly TF_ATTR_FLOAT = ATTRIBUTE_TYPES.float;
  readonly TF_ATTR_BOOL = ATTRIBUTE_TYPES.bool;
  readonly TF_ATTR_TYPE = ATTRIBUTE_TYPES.type;
  readonly TF_ATTR_SHAPE = ATTRIBUTE_TYPES.shape;
  readonly TF_ATTR_RESOURCE = ATTRIBUTE_TYPES.type;
  readonly TF_Version: string;

  #api: TensorflowApi;
  #status: Status;
  #context: Deno.PointerValue;
  #handles = new Map<number, Deno.PointerValue>();
  #nextId = 0;
  #outputCount = new Int32Array(1);

  constructor(api: TensorflowApi) {
    this.#api = api;
    this.#status = new Status(api);
    this.TF_Version = readCString(api.TF_Version());
    const options = api.TFE_NewContextOptions();
    this.#context = api.TFE_NewContext(options, this.#status.pointer);
    api.TFE_DeleteContextOptions(options);
    this.#status.check(() => "start TensorFlow's eager runtime");
  }

  /** Copies values into a tensor of TensorFlow's; `dtype` is one of TensorFlow's codes. */
  createTensor(shape: number[], dtype: number, values: unknown): number {
    return this.#keep(
      newTensorHandle(this.#api, this.#status, {
        shape,
        dataType: dtype,
        values: isArrayLike(values) ? values : [Number(values)],
      }),
    );
  }

  /** Releases a tensor. */
  deleteTensor(id: number): void {
    this.#api.TFE_DeleteTensorHandle(this.#handle(id, "delete"));
    this.#handles.delete(id);
  }

  /** Copies a tensor's values to the host. */
  tensorDataSync(id: number): TensorData {
    return readTensorHandle(this.#api, this.#status, this.#handle(id, "read"));
  }

  /**
   * Runs one operation on tensors and keeps its outputs.
   *
   * @throws {TypeError} If TensorFlow does not know the operation, or not for these types.
   * @throws {RangeError} If TensorFlow refuses the inputs, with its own message.
   */
  executeOp(
    name: string,
    attributes: OperationAttribute[],
    inputIds: number[],
    outputCount: number,
  ): TensorMetadata[] {
    const api = this.#api, status = this.#status;
    const inputs = inputIds.map((id) => this.#handle(id, `run ${name} on`));
    const describe = () => `run ${name} on ${this.#describe(inputs)}`;
    const operation = api.TFE_NewOp(this.#context, cString(name), status.pointer);
    status.check(describe);
    try {
      for (const attribute of attributes) setAttribute(api, operation, attribute, status);
      for (const input of inputs) {
        api.TFE_OpAddInput(operation, input, status.pointer);
        status.check(describe);
      }
      const outputs = new BigUint64Array(outputCount);
      this.#outputCount[0] = outputCount;
      api.TFE_Execute(operation, outputs, this.#outputCount, status.pointer);
      status.check(describe);
      return Array.from(outputs.subarray(0, this.#outputCount[0]), (address) => {
        const handle = Deno.UnsafePointer.create(address);
        const { shape, dtype } = describeHandle(api, status, handle);
        return { id: this.#keep(handle), shape, dtype };
      });
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /** Whether TensorFlow found a GPU. */
  isUsingGpuDevice(): boolean {
    const devices = this.#api.TFE_ContextListDevices(this.#context, this.#status.pointer);
    this.#status.check(() => "list TensorFlow's devices");
    const types = Array.from(
      { length: this.#api.TF_DeviceListCount(devices) },
      (_, i) => readCString(this.#api.TF_DeviceListType(devices, i, this.#status.pointer)),
    );
    this.#api.TF_DeleteDeviceList(devices);
    return types.includes("GPU");
  }

  /** The number of tensors that live in TensorFlow. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  getNumOfSavedModels(): number {
    return 0;
  }

  loadSavedModel(): never {
    throw new TypeError("Cannot load a saved model: this binding does not read that format yet");
  }

  runSavedModel(): never {
    throw new TypeError("Cannot run a saved model: this binding does not read that format yet");
  }

  deleteSavedModel(): never {
    throw new TypeError("Cannot delete a saved model: this binding does not read that format yet");
  }

  #keep(handle: Deno.PointerValue): number {
    this.#handles.set(this.#nextId, handle);
    return this.#nextId++;
  }

  #handle(id: number, action: string): Deno.PointerValue {
    const handle = this.#handles.get(id);
    if (handle === undefined) {
      throw new RangeError(`Cannot ${action} tensor ${id}: it does not exist or was disposed`);
    }
    return handle;
  }

  #describe(inputs: Deno.PointerValue[]): string {
    if (inputs.length === 0) return "no inputs";
    return inputs.map((input) => {
      const { shape, dtype } = describeHandle(this.#api, this.#status, input);
      return `${dataTypeName(dtype)} [${shape.join(", ")}]`;
    }).join(", ");
  }
}

function isArrayLike(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}
