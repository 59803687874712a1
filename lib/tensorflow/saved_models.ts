import { cString } from "./c_api.ts";
import { ATTRIBUTE_TYPES, dataTypeName, knownAs, outOfRange } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { type GraphOutput, outputsOf } from "./graph.ts";
import { readTensorHandle } from "./tensor_handle.ts";

/** A model that was loaded: a session of TensorFlow's and the graph that it runs. */
interface Loaded {
  readonly folder: string;
  readonly tags: string;
  readonly session: Deno.PointerValue;
  readonly graph: Deno.PointerValue;
}

/** Models in TensorFlow's format SavedModel, as Keras's `model.export()` writes them. */
export class SavedModels {
  readonly #context: EagerContext;
  readonly #models = new Map<number, Loaded>();
  #nextId = 0;

  constructor(context: EagerContext) {
    this.#context = context;
  }

  /** How many are loaded. */
  get size(): number {
    return new Set(this.#models.values()).size;
  }

  /**
   * Loads a model with its variables and returns its number. One that is loaded already is shared.
   *
   * @param folder Holds `saved_model.pb` and a folder `variables`.
   * @param tags Which of the model's graphs, such as `["serve"]`.
   * @throws {RangeError | TypeError} If TensorFlow cannot load it, with its own message.
   */
  load(folder: string, tags: readonly string[]): number {
    const sorted = tags.toSorted().join();
    const loaded = this.#models.values()
      .find((model) => model.folder === folder && model.tags === sorted);
    this.#models.set(
      this.#nextId,
      loaded ?? { folder, tags: sorted, ...this.#load(folder, tags) },
    );
    return this.#nextId++;
  }

  #load(folder: string, tags: readonly string[]): Pick<Loaded, "session" | "graph"> {
    const { api, status } = this.#context;
    const options = api.TF_NewSessionOptions();
    const graph = api.TF_NewGraph();
    const names = tags.map(cString);
    const pointers = names.map((name) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(name)));
    const session = api.TF_LoadSessionFromSavedModel(
      options,
      null,
      cString(folder),
      BigUint64Array.from(pointers, BigInt),
      tags.length,
      graph,
      null,
      status.pointer,
    );
    api.TF_DeleteSessionOptions(options);
    try {
      status.check(() => `load the saved model ${folder} with the tags ${tags.join(", ")}`);
    } catch (error) {
      api.TF_DeleteGraph(graph);
      throw error;
    }
    return { session, graph };
  }

  /**
   * Runs a model and returns the handles of its outputs, which are the caller's. Numbers of 32 bits
   * are converted to the type that an input has in the model.
   *
   * @param inputs The handle of each input by its name in the graph, such as `serving_default_x:0`.
   * @param outputs The outputs' names in the graph.
   * @throws {RangeError} If there is no such name, a number does not fit an input's type, or
   *   TensorFlow refuses the inputs.
   * @throws {TypeError} If an input is of another type.
   */
  run(
    id: number,
    inputs: ReadonlyMap<string, Deno.PointerValue>,
    outputs: readonly string[],
  ): Deno.PointerValue[] {
    const { api, status } = this.#context;
    const model = this.#model(id, "run");
    const tensors: Deno.PointerValue[] = [];
    const results = new BigUint64Array(outputs.length);
    try {
      for (const [name, handle] of inputs) tensors.push(this.#inputTensor(model, name, handle));
      api.TF_SessionRun(
        model.session,
        null,
        outputsOf([...inputs.keys()].map((name) => this.#output(model, name))),
        BigUint64Array.from(tensors, (tensor) => BigInt(Deno.UnsafePointer.value(tensor))),
        inputs.size,
        outputsOf(outputs.map((name) => this.#output(model, name))),
        results,
        outputs.length,
        null,
        0,
        null,
        status.pointer,
      );
      status.check(() => `run the saved model ${model.folder}`);
      return Array.from(results, (result) => this.#handleOf(Deno.UnsafePointer.create(result)));
    } finally {
      tensors.forEach((tensor) => api.TF_DeleteTensor(tensor));
    }
  }

  /** Releases a model. */
  delete(id: number): void {
    const { api, status } = this.#context;
    const model = this.#model(id, "delete");
    this.#models.delete(id);
    if (this.#models.values().some((other) => other === model)) return;
    const { folder, session, graph } = model;
    api.TF_DeleteSession(session, status.pointer);
    status.check(() => `delete the saved model ${folder}`);
    api.TF_DeleteGraph(graph);
  }

  /** A tensor for an input, of the type that it has in the model. */
  #inputTensor(model: Loaded, name: string, handle: Deno.PointerValue): Deno.PointerValue {
    const { api, status } = this.#context;
    const given = api.TFE_TensorHandleDataType(handle);
    const expected = api.TF_OperationOutputType(outputsOf([this.#output(model, name)]));
    const action = `run the saved model ${model.folder}`;
    if (given !== knownAs(expected)) {
      throw new TypeError(
        `Cannot ${action}: its input ${name} is ${dataTypeName(given)}, expected ` +
          `${dataTypeName(knownAs(expected))} (in the model ${dataTypeName(expected)})`,
      );
    }
    const resolve = (handle: Deno.PointerValue) => {
      const tensor = api.TFE_TensorHandleResolve(handle, status.pointer);
      status.check(() => `read the tensor for ${name}`);
      return tensor;
    };
    if (given === expected) return resolve(handle);
    const outside = outOfRange(readTensorHandle(api, status, handle), expected);
    if (outside !== undefined) {
      throw new RangeError(
        `Cannot ${action}: its input ${name} holds ${outside}, and is ${
          dataTypeName(expected)
        } in the model`,
      );
    }
    const attributes = [{ name: "DstT", type: ATTRIBUTE_TYPES.type, value: expected }];
    const [cast] = this.#context.execute("Cast", { attributes, inputs: [handle], outputCount: 1 });
    try {
      return resolve(cast);
    } finally {
      api.TFE_DeleteTensorHandle(cast);
    }
  }

  #model(id: number, action: string): Loaded {
    const model = this.#models.get(id);
    if (model === undefined) {
      throw new RangeError(`Cannot ${action} saved model ${id}: it does not exist or was deleted`);
    }
    return model;
  }

  /** An output of an operation by its name, with its number after a colon unless it is 0. */
  #output({ folder, graph }: Loaded, name: string): GraphOutput {
    const [operationName, index = "0"] = name.split(":");
    const operation = this.#context.api.TF_GraphOperationByName(graph, cString(operationName));
    if (operation === null) {
      throw new RangeError(`Cannot run the saved model ${folder}: it has no ${operationName}`);
    }
    return { operation, index: Number(index) };
  }

  #handleOf(tensor: Deno.PointerValue): Deno.PointerValue {
    const { api, status } = this.#context;
    const handle = api.TFE_NewTensorHandle(tensor, status.pointer);
    api.TF_DeleteTensor(tensor);
    status.check(() => "keep an output of a saved model");
    return handle;
  }
}
