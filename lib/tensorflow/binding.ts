import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import type { OperationAttribute } from "./attributes.ts";
import { multipliesBfloat16 } from "./bfloat16.ts";
import { readCString, type TensorflowApi } from "./c_api.ts";
import { BindingConstants, type TensorMetadata } from "./binding_constants.ts";
import { knownAs, type TensorData } from "./data_types.ts";
import { EagerContext } from "./eager_context.ts";
import { createHandle, readHandle } from "./host_values.ts";
import { SavedModels } from "./saved_models.ts";
import { describeHandle, readBytes } from "./tensor_handle.ts";

/** What is told of what the binding does while it is observed. */
export interface BindingObserver {
  /** An operation ran. */
  ran(
    operation: { readonly name: string; readonly attributes: readonly OperationAttribute[] },
    tensors: { readonly inputIds: readonly number[]; readonly outputs: readonly TensorMetadata[] },
  ): void;
  /** The host is about to read a tensor; an error prevents it. */
  reads(id: number): void;
}

/** A tensor's values, its element type (one of TensorFlow's codes) and its shape. */
export interface TensorValue {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Runs TensorFlow's operations for the kernels of `npm:@tensorflow/tfjs-node-gpu`: it
 * has the methods of that package's C++ addon (its interface `TFJSBinding`) and calls
 * TensorFlow's C API through Deno's FFI. Tensors are known by small integers; the
 * addon's names are kept, since the kernels call them.
 */
export class TensorflowBinding extends BindingConstants implements TFJSBinding {
  readonly TF_Version: string;
  /** Whether the processor does, for functions that may take such numbers. */
  readonly multipliesBfloat16: boolean;

  #runtime: EagerContext;
  #savedModels: SavedModels;
  #handles = new Map<number, Deno.PointerValue>();
  #nextId = 0;
  #observer: BindingObserver | undefined;
  /** What functions take besides the inputs that they are called with, by their names. */
  #captured = new Map<string, readonly number[]>();
  /** What {@linkcode executeOp} does for the moment. */
  #instead: ((inputIds: number[]) => TensorMetadata[]) | undefined;

  /** `config` is a serialised `ConfigProto` for the runtime. */
  constructor(api: TensorflowApi, { config }: { config?: Uint8Array<ArrayBuffer> } = {}) {
    super();
    this.TF_Version = readCString(api.TF_Version());
    this.multipliesBfloat16 = multipliesBfloat16(api);
    this.#runtime = new EagerContext(api, { config });
    this.#savedModels = new SavedModels(this.#runtime);
  }

  /**
   * Copies values into a tensor of TensorFlow's; `dtype` is one of TensorFlow's codes. Strings are
   * an array of bytes each.
   */
  createTensor(shape: number[], dtype: number, values: unknown): number {
    return this.#keep(createHandle(this.#runtime, { shape, dtype, values }));
  }

  /** Releases a tensor. */
  deleteTensor(id: number): void {
    this.#runtime.api.TFE_DeleteTensorHandle(this.#handle(id, "delete"));
    this.#handles.delete(id);
  }

  /**
   * Copies a tensor's values to the host. Of strings it gives their bytes, whatever the package's
   * interface declares.
   *
   * @throws What the observer throws, if there is one.
   */
  tensorDataSync(id: number): TensorData;
  tensorDataSync(id: number): TensorData | Uint8Array[] {
    this.#observer?.reads(id);
    return readHandle(this.#runtime, this.#handle(id, "read"));
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
    if (this.#instead !== undefined) return this.#instead(inputIds);
    const inputs = this.#inputsOf(name, inputIds);
    const outputs = this.#runtime.execute(name, { attributes, inputs, outputCount })
      .map((handle) => this.#describe(handle));
    this.#observer?.ran({ name, attributes }, { inputIds, outputs });
    return outputs;
  }

  /**
   * Runs one operation as {@linkcode executeOp} does, while the event loop goes on.
   *
   * @param call Calls `executeOp` once, with the operation's inputs; it is not run then.
   */
  async executeOpLater(
    name: string,
    { attributes, outputCount, call }: {
      readonly attributes: readonly OperationAttribute[];
      readonly outputCount: number;
      readonly call: () => void;
    },
  ): Promise<TensorMetadata[]> {
    let inputs: Deno.PointerValue[] = [];
    this.#runInstead((inputIds) => {
      inputs = this.#inputsOf(name, inputIds);
      return [];
    }, call);
    const outputs = await this.#runtime.executeLater(name, { attributes, inputs, outputCount });
    return outputs.map((handle) => this.#describe(handle));
  }

  /** Runs a function whose one call of {@linkcode executeOp} gives these outputs. */
  giving<T>(outputs: TensorMetadata[], call: () => T): T {
    return this.#runInstead(() => outputs, call);
  }

  /** The runtime, for what has nothing to do with tensors. */
  get runtime(): EagerContext {
    return this.#runtime;
  }

  #runInstead<T>(instead: (inputIds: number[]) => TensorMetadata[], call: () => T): T {
    this.#instead = instead;
    try {
      return call();
    } finally {
      this.#instead = undefined;
    }
  }

  /** The number of the tensor that was made last. */
  get latestId(): number {
    return this.#nextId - 1;
  }

  /** Whether somebody observes what it does. */
  get isObserved(): boolean {
    return this.#observer !== undefined;
  }

  /** Lets somebody observe what the binding does while a function runs. */
  observe<T>(observer: BindingObserver, run: () => T): T {
    const before = this.#observer;
    this.#observer = observer;
    try {
      return run();
    } finally {
      this.#observer = before;
    }
  }

  /** Whether there is a tensor of that number, which is not given again. */
  has(id: number): boolean {
    return this.#handles.has(id);
  }

  /** Another number for a tensor's values, which are then there until both are released. */
  share(id: number): number {
    const { api, status } = this.#runtime;
    const shared = api.TFE_TensorHandleCopySharingTensor(this.#handle(id, "share"), status.pointer);
    status.check(() => `share tensor ${id}`);
    return this.#keep(shared);
  }

  /** The element type and the shape of a tensor. */
  describe(id: number): Omit<TensorValue, "bytes"> {
    const { api, status } = this.#runtime;
    return describeHandle(api, status, this.#handle(id, "describe"));
  }

  /** A copy of a tensor's bytes, whoever observes. */
  bytesOf(id: number): Uint8Array<ArrayBuffer> {
    const { api, status } = this.#runtime;
    return readBytes(api, status, this.#handle(id, "read"));
  }

  /**
   * Adds a function, which {@linkcode executeOp} then runs by its name.
   *
   * @param captured Tensors that it takes as its last inputs at each call; they are the
   *   function's from now on.
   */
  addFunction(
    name: string,
    definition: Deno.PointerValue,
    { captured }: { captured: readonly number[] },
  ): void {
    this.#runtime.addFunction(definition);
    if (captured.length > 0) this.#captured.set(name, captured);
  }

  /** Releases a function and what it captured. */
  removeFunction(name: string): void {
    this.#runtime.removeFunction(name);
    this.#captured.get(name)?.forEach((id) => this.deleteTensor(id));
    this.#captured.delete(name);
  }

  /** The device that TensorFlow prefers: the first GPU, or the processor, `CPU:0`. */
  get device(): string {
    return this.#runtime.devices().find((device) => device.startsWith("GPU")) ?? "CPU:0";
  }

  /** Whether TensorFlow found a GPU. */
  isUsingGpuDevice(): boolean {
    return this.device !== "CPU:0";
  }

  /** The number of tensors that live in TensorFlow. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /** The number of saved models that are loaded. */
  getNumOfSavedModels(): number {
    return this.#savedModels.size;
  }

  /** Loads a model of TensorFlow's format SavedModel; `tags` are separated by commas. */
  loadSavedModel(folder: string, tags: string): number {
    return this.#savedModels.load(folder, tags.split(","));
  }

  /** Runs a saved model; the names of its inputs and outputs are separated by commas. */
  runSavedModel(
    id: number,
    inputIds: number[],
    inputNames: string,
    outputNames: string,
  ): TensorMetadata[] {
    const names = inputNames.split(",");
    if (names.length !== inputIds.length) {
      throw new RangeError(
        `Cannot run saved model ${id}: received ${inputIds.length} tensors for its ` +
          `${names.length} inputs ${names.join(", ")}`,
      );
    }
    const inputs = new Map(
      inputIds.map((input, i) => [names[i], this.#handle(input, "run a saved model on")]),
    );
    return this.#savedModels.run(id, inputs, outputNames.split(","))
      .map((handle) => this.#asKnown(this.#describe(handle)));
  }

  /** Releases a saved model. */
  deleteSavedModel(id: number): void {
    this.#savedModels.delete(id);
  }

  /** An output of numbers as TensorFlow.js has them, of 32 bits; any other as it is. */
  #asKnown(output: TensorMetadata): TensorMetadata {
    const dtype = knownAs(output.dtype);
    if (dtype === output.dtype) return output;
    try {
      const id = this.createTensor(output.shape, dtype, this.tensorDataSync(output.id));
      return { id, shape: output.shape, dtype };
    } finally {
      this.deleteTensor(output.id);
    }
  }

  /** Keeps an output and says what TensorFlow.js wants to know of it. */
  #describe(handle: Deno.PointerValue): TensorMetadata {
    const { api, status } = this.#runtime;
    return { id: this.#keep(handle), ...describeHandle(api, status, handle) };
  }

  #inputsOf(name: string, ids: readonly number[]): Deno.PointerValue[] {
    return ids.concat(this.#captured.get(name) ?? [])
      .map((id) => this.#handle(id, `run ${name} on`));
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
}
