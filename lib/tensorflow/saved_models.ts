import { cString } from "./c_api.ts";
import type { EagerContext } from "./eager_context.ts";
import { type GraphOutput, outputsOf } from "./graph.ts";

/** A model that was loaded: a session of TensorFlow's and the graph that it runs. */
interface Loaded {
  readonly folder: string;
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
    return this.#models.size;
  }

  /**
   * Loads a model with its variables and returns its number.
   *
   * @param folder Holds `saved_model.pb` and a folder `variables`.
   * @param tags Which of the model's graphs, such as `["serve"]`.
   * @throws {RangeError | TypeError} If TensorFlow cannot load it, with its own message.
   */
  load(folder: string, tags: readonly string[]): number {
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
    this.#models.set(this.#nextId, { folder, session, graph });
    return this.#nextId++;
  }

  /**
   * Runs a model and returns the handles of its outputs, which are the caller's.
   *
   * @param inputs The handle of each input by its name in the graph, such as `serving_default_x:0`.
   * @param outputs The outputs' names in the graph.
   * @throws {RangeError | TypeError} If there is no such name, or TensorFlow refuses the inputs.
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
      for (const [name, handle] of inputs) {
        tensors.push(api.TFE_TensorHandleResolve(handle, status.pointer));
        status.check(() => `read the tensor for ${name}`);
      }
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
    const { folder, session, graph } = this.#model(id, "delete");
    this.#models.delete(id);
    api.TF_DeleteSession(session, status.pointer);
    status.check(() => `delete the saved model ${folder}`);
    api.TF_DeleteGraph(graph);
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
