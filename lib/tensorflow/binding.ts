import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js";
import type { OperationAttribute } from "./attributes.ts";
import { readCString, type TensorflowApi } from "./c_api.ts";
import { BindingConstants, type TensorMetadata } from "./binding_constants.ts";
import type { TensorData } from "./data_types.ts";
import { EagerContext } from "./eager_context.ts";
import { describeHandle, newTensorHandle, readBytes, readTensorHandle } from "./tensor_handle.ts";
import { type Source, Trace, type TracedInput } from "./trace.ts";
import { defineFunction, type TraceFunction } from "./trace_function.ts";

/**
 * Runs TensorFlow's operations for the kernels of `npm:@tensorflow/tfjs-node-gpu`: it
 * has the methods of that package's C++ addon (its interface `TFJSBinding`) and calls
 * TensorFlow's C API through Deno's FFI. Tensors are known by small integers; the
 * addon's names are kept, since the kernels call them.
 */
export class TensorflowBinding extends BindingConstants implements TFJSBinding {
  readonly TF_Version: string;

  #runtime: EagerContext;
  #handles = new Map<number, Deno.PointerValue>();
  #nextId = 0;
  #trace: Trace | undefined;

  constructor(api: TensorflowApi) {
    super();
    this.TF_Version = readCString(api.TF_Version());
    this.#runtime = new EagerContext(api);
  }

  /** Copies values into a tensor of TensorFlow's; `dtype` is one of TensorFlow's codes. */
  createTensor(shape: number[], dtype: number, values: unknown): number {
    return this.#keep(
      newTensorHandle(this.#runtime.api, this.#runtime.status, {
        shape,
        dtype,
        values: isArrayLike(values) ? values : [Number(values)],
      }),
    );
  }

  /** Releases a tensor. */
  deleteTensor(id: number): void {
    this.#runtime.api.TFE_DeleteTensorHandle(this.#handle(id, "delete"));
    this.#handles.delete(id);
  }

  /**
   * Copies a tensor's values to the host.
   *
   * @throws {TypeError} If the tensor was computed by a function that is being recorded: what
   *   the host made of the values would be frozen into the recording.
   */
  tensorDataSync(id: number): TensorData {
    this.#trace?.assertReadable(id);
    const { api, status } = this.#runtime;
    return readTensorHandle(api, status, this.#handle(id, "read"));
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
    const { api, status } = this.#runtime;
    const inputs = inputIds.map((id) => this.#handle(id, `run ${name} on`));
    const outputs = this.#runtime.execute(name, { attributes, inputs, outputCount })
      .map((handle) => ({ id: this.#keep(handle), ...describeHandle(api, status, handle) }));
    this.#trace?.add({ name, attributes }, { inputIds, outputs });
    return outputs;
  }

  /** The number of the tensor that was made last. */
  get latestId(): number {
    return this.#nextId - 1;
  }

  /** Whether the operations that run are being traced. */
  get tracing(): boolean {
    return this.#trace !== undefined;
  }

  /**
   * Traces the operations that `run` runs.
   *
   * @param inputs The tensors that may differ from call to call, by number.
   */
  trace<T>(
    inputs: ReadonlyMap<number, TracedInput>,
    run: (trace: Trace) => T,
  ): { trace: Trace; value: T } {
    const { api, status } = this.#runtime;
    const trace = new Trace(inputs, (id) => {
      const handle = this.#handle(id, "read");
      return { ...describeHandle(api, status, handle), bytes: readBytes(api, status, handle) };
    });
    this.#trace = trace;
    try {
      return { trace, value: run(trace) };
    } finally {
      this.#trace = undefined;
    }
  }

  /** Makes a function of a trace, which {@linkcode executeOp} runs by its name. */
  defineFunction(trace: Trace, outputs: readonly Source[]): TraceFunction {
    return defineFunction(this.#runtime, trace, outputs);
  }

  /** Releases a function. */
  removeFunction({ name }: TraceFunction): void {
    this.#runtime.removeFunction(name);
  }

  /** Whether TensorFlow found a GPU. */
  isUsingGpuDevice(): boolean {
    return this.#runtime.deviceTypes().includes("GPU");
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
}

function isArrayLike(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}
