import {
  type AttributeSetters,
  eagerSetters,
  type OperationAttribute,
  setAttribute,
} from "./attributes.ts";
import { cString, readCString, type TensorflowApi } from "./c_api.ts";
import { dataTypeName } from "./data_types.ts";
import { Status } from "./status.ts";
import { bufferBytes, describeHandle } from "./tensor_handle.ts";

/** What an operation is run with. */
interface Call {
  readonly attributes: readonly OperationAttribute[];
  readonly inputs: readonly Deno.PointerValue[];
  readonly outputCount: number;
}

/** TensorFlow's eager runtime: it runs one operation at a time on handles of tensors. */
export class EagerContext {
  readonly api: TensorflowApi;
  readonly status: Status;
  readonly #setters: AttributeSetters;
  #context: Deno.PointerValue;
  #outputCount = new Int32Array(1);
  /** Another thread reads it, so it has to stay. */
  #serverDef: Uint8Array<ArrayBuffer> | undefined;

  /** `config` is a serialised `ConfigProto`, with nothing but defaults if not given. */
  constructor(api: TensorflowApi, { config }: { config?: Uint8Array<ArrayBuffer> } = {}) {
    this.api = api;
    this.status = new Status(api);
    this.#setters = eagerSetters(api, this.status);
    const options = api.TFE_NewContextOptions();
    const { pointer } = this.status;
    const describe = () => "start TensorFlow's eager runtime";
    if (config !== undefined) {
      api.TFE_ContextOptionsSetConfig(options, config, BigInt(config.length), pointer);
      this.status.check(describe);
    }
    this.#context = api.TFE_NewContext(options, pointer);
    api.TFE_DeleteContextOptions(options);
    this.status.check(describe);
  }

  /**
   * Runs an operation and returns the handles of its outputs, which are the caller's.
   *
   * @throws {TypeError} If TensorFlow does not know the operation, or not for these types.
   * @throws {RangeError} If TensorFlow refuses the inputs, with its own message.
   */
  execute(
    name: string,
    { attributes, inputs, outputCount }: Call,
  ): Deno.PointerValue[] {
    const { api, status } = this;
    const operation = this.#prepare(name, { attributes, inputs });
    try {
      const outputs = new BigUint64Array(outputCount);
      this.#outputCount[0] = outputCount;
      api.TFE_Execute(operation, outputs, this.#outputCount, status.pointer);
      status.check(() => `run ${name} on ${this.#describe(inputs)}`);
      return Array.from(outputs.subarray(0, this.#outputCount[0]), Deno.UnsafePointer.create);
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /**
   * Runs an operation as {@linkcode EagerContext.execute} does, on another thread: for one that
   * waits for other processes, while this one's event loop goes on.
   */
  async executeLater(
    name: string,
    { attributes, inputs, outputCount }: Call,
  ): Promise<Deno.PointerValue[]> {
    const { api } = this;
    const operation = this.#prepare(name, { attributes, inputs });
    const outputs = new BigUint64Array(outputCount);
    const count = Int32Array.of(outputCount);
    try {
      await this.#later(
        `run ${name} on ${this.#describe(inputs)}`,
        (status) => api.TFE_ExecuteLater(operation, outputs, count, status),
      );
      return Array.from(outputs.subarray(0, count[0]), Deno.UnsafePointer.create);
    } finally {
      api.TFE_DeleteOp(operation);
    }
  }

  /** Starts the server that a serialised `ServerDef` describes, and waits for its cluster. */
  async enableCollectives(serverDef: Uint8Array<ArrayBuffer>): Promise<void> {
    const length = BigInt(serverDef.length);
    this.#serverDef = serverDef;
    await this.#later(
      "join the cluster",
      (status) => this.api.TFE_EnableCollectiveOps(this.#context, serverDef, length, status),
    );
  }

  /**
   * Asks a task of the cluster whether it is there, for so many milliseconds.
   *
   * @throws {RangeError} If it does not answer in time, with TensorFlow's own message.
   */
  async checkPeer(task: string, { timeout }: { timeout: number }): Promise<void> {
    const [name, milliseconds] = [cString(task), BigInt(Math.ceil(timeout))];
    await this.#later(
      `reach ${task}`,
      (status) =>
        this.api.TFE_CollectiveOpsCheckPeerHealth(this.#context, name, milliseconds, status),
    );
  }

  /**
   * Tells the cluster something that any of its workers may read.
   *
   * @throws {RangeError} If it was told before, or the chief cannot be reached.
   */
  async insertValue(key: string, value: string): Promise<void> {
    const [name, text] = [cString(key), cString(value)];
    await this.#later(
      `tell the cluster ${key}`,
      (status) => this.api.TFE_InsertConfigKeyValue(this.#context, name, text, status),
    );
  }

  /**
   * What the cluster was told by {@linkcode insertValue}, waiting for so many milliseconds.
   *
   * @throws {RangeError} If it has been told nothing by then, or the chief cannot be reached.
   */
  async getValue(key: string, { timeout }: { timeout: number }): Promise<string> {
    const { api } = this;
    const [name, milliseconds] = [cString(key), BigInt(Math.ceil(timeout))];
    const buffer = api.TF_NewBuffer();
    try {
      await this.#later(
        `ask the cluster for ${key}`,
        (status) => api.TFE_GetConfigKeyValue(this.#context, name, milliseconds, buffer, status),
      );
      return new TextDecoder().decode(bufferBytes(buffer));
    } finally {
      api.TF_DeleteBuffer(buffer);
    }
  }

  /** Waits for a call that runs on another thread, with a status of its own: others go on. */
  async #later(what: string, call: (status: Deno.PointerValue) => Promise<void>): Promise<void> {
    const status = new Status(this.api);
    try {
      await call(status.pointer);
      status.check(() => what);
    } finally {
      status.dispose();
    }
  }

  /** An operation with its inputs, which the caller runs and releases. */
  #prepare(
    name: string,
    { attributes, inputs }: Pick<Call, "attributes" | "inputs">,
  ): Deno.PointerValue {
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
      return operation;
    } catch (error) {
      api.TFE_DeleteOp(operation);
      throw error;
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

  #describe(inputs: readonly Deno.PointerValue[]): string {
    if (inputs.length === 0) return "no inputs";
    return inputs.map((input) => {
      const { shape, dtype } = describeHandle(this.api, this.status, input);
      return `${dataTypeName(dtype)} [${shape.join(", ")}]`;
    }).join(", ");
  }
}
