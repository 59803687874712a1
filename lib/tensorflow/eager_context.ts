import {
  type AttributeSetters,
  eagerSetters,
  type OperationAttribute,
  setAttribute,
} from "./attributes.ts";
import { cString, readCString, type TensorflowApi } from "./c_api.ts";
import { dataTypeName } from "./data_types.ts";
import { Status } from "./status.ts";
import { describeHandle } from "./tensor_handle.ts";

/** TensorFlow's eager runtime: it runs one operation at a time on handles of tensors. */
export class EagerContext {
  readonly api: TensorflowApi;
  readonly status: Status;
  readonly #setters: AttributeSetters;
  #context: Deno.PointerValue;
  #outputCount = new Int32Array(1);

  constructor(api: TensorflowApi) {
    this.api = api;
    this.status = new Status(api);
    this.#setters = eagerSetters(api, this.status);
    const options = api.TFE_NewContextOptions();
    this.#context = api.TFE_NewContext(options, this.status.pointer);
    api.TFE_DeleteContextOptions(options);
    this.status.check(() => "start TensorFlow's eager runtime");
  }

  /**
   * Runs an operation and returns the handles of its outputs, which are the caller's.
   *
   * @throws {TypeError} If TensorFlow does not know the operation, or not for these types.
   * @throws {RangeError} If TensorFlow refuses the inputs, with its own message.
   */
  execute(
    name: string,
    { attributes, inputs, outputCount }: {
      attributes: OperationAttribute[];
      inputs: Deno.PointerValue[];
      outputCount: number;
    },
  ): Deno.PointerValue[] {
    const { api, status } = this;
    const describe = () => `run ${name} on ${this.#describe(inputs)}`;
    const operation = api.TFE_NewOp(this.#context, cString(name), status.pointer);
    status.check(describe);
    try {
      for (const attribute of attributes) setAttribute(this.#setters, operation, attribute);
      for (const input of inputs) {
        api.TFE_OpAddInput(operation, input, status.pointer);
        status.check(describe);
      }
      const outputs = new BigUint64Array(outputCount);
      this.#outputCount[0] = outputCount;
      api.TFE_Execute(operation, outputs, this.#outputCount, status.pointer);
      status.check(describe);
      return Array.from(outputs.subarray(0, this.#outputCount[0]), Deno.UnsafePointer.create);
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /** Makes a function known, under whose name {@linkcode EagerContext.execute} then calls it. */
  addFunction(definition: Deno.PointerValue): void {
    this.api.TFE_ContextAddFunction(this.#context, definition, this.status.pointer);
    this.status.check(() => "register a recorded function");
  }

  /** Forgets a function. */
  removeFunction(name: string): void {
    this.api.TFE_ContextRemoveFunction(this.#context, cString(name), this.status.pointer);
    this.status.check(() => `remove the function ${name}`);
  }

  /** The devices there are, such as `CPU:0` and `GPU:0`. */
  devices(): string[] {
    const { api, status } = this;
    const devices = api.TFE_ContextListDevices(this.#context, status.pointer);
    status.check(() => "list TensorFlow's devices");
    const names = Array.from(
      { length: api.TF_DeviceListCount(devices) },
      (_, i) => readCString(api.TF_DeviceListName(devices, i, status.pointer)),
    );
    api.TF_DeleteDeviceList(devices);
    // As in "/job:localhost/replica:0/task:0/device:CPU:0".
    return names.map((name) => name.replace(/^.*device:/, ""));
  }

  #describe(inputs: Deno.PointerValue[]): string {
    if (inputs.length === 0) return "no inputs";
    return inputs.map((input) => {
      const { shape, dtype } = describeHandle(this.api, this.status, input);
      return `${dataTypeName(dtype)} [${shape.join(", ")}]`;
    }).join(", ");
  }
}
