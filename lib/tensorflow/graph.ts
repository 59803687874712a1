import {
  type AttributeSetters,
  graphSetters,
  type OperationAttribute,
  setAttribute,
} from "./attributes.ts";
import { cString, type TensorflowApi } from "./c_api.ts";
import { listInputs } from "./op_signature.ts";
import type { Status } from "./status.ts";
import { bufferBytes, shapeOf } from "./tensor_handle.ts";

/** One output of an operation in a graph. */
export interface GraphOutput {
  readonly operation: Deno.PointerValue;
  readonly index: number;
}

/** A graph of TensorFlow's that becomes a function. */
export class Graph {
  readonly #api: TensorflowApi;
  readonly #status: Status;
  readonly #setters: AttributeSetters;
  readonly #graph: Deno.PointerValue;
  #operations = 0;

  constructor(api: TensorflowApi, status: Status) {
    this.#api = api;
    this.#status = status;
    this.#setters = graphSetters(api);
    this.#graph = api.TF_NewGraph();
  }

  /**
   * Adds an operation.
   *
   * @param tensor The value of a constant, a `TF_Tensor`.
   * @throws {TypeError} If TensorFlow does not know the operation.
   * @throws {RangeError} If TensorFlow refuses it, with its own message.
   */
  add(
    name: string,
    { attributes = [], inputs = [], tensor = null }: {
      attributes?: readonly OperationAttribute[];
      inputs?: readonly GraphOutput[];
      tensor?: Deno.PointerValue;
    },
  ): Deno.PointerValue {
    const api = this.#api;
    const describe = () => `record ${name}`;
    const lists = this.#listInputs(name);
    const description = api.TF_NewOperation(
      this.#graph,
      cString(name),
      new TextEncoder().encode(`${name}_${this.#operations++}\0`),
    );
    let at = 0;
    for (const list of lists) {
      if (list) {
        // No operation has two lists, so the others take one each.
        const length = inputs.length - lists.length + 1;
        api.TF_AddInputList(description, outputsOf(inputs.slice(at, at += length)), length);
      } else {
        api.TF_AddInput(description, outputsOf([inputs[at++]]));
      }
    }
    for (const attribute of attributes) setAttribute(this.#setters, description, attribute);
    if (tensor !== null) {
      api.TF_SetAttrTensor(description, cString("value"), tensor, this.#status.pointer);
      this.#status.check(describe);
    }
    const operation = api.TF_FinishOperation(description, this.#status.pointer);
    this.#status.check(describe);
    return operation;
  }

  /**
   * The shape of an output as far as TensorFlow knows it without running the graph: -1 for a size
   * that it does not know, `undefined` if it does not even know how many there are.
   */
  shapeOf(output: GraphOutput): number[] | undefined {
    const [api, graph, { pointer }] = [this.#api, this.#graph, this.#status];
    const struct = outputsOf([output]);
    const rank = api.TF_GraphGetTensorNumDims(graph, struct, pointer);
    this.#status.check(() => "read a recorded tensor's rank");
    if (rank < 0) return undefined;
    const sizes = new BigInt64Array(rank);
    api.TF_GraphGetTensorShape(graph, struct, sizes, rank, pointer);
    this.#status.check(() => "read a recorded tensor's shape");
    return Array.from(sizes, Number);
  }

  /** Lets TensorFlow know an output's shape. */
  setShape(output: GraphOutput, shape: readonly number[]): void {
    const sizes = shapeOf(shape);
    this.#api.TF_GraphSetTensorShape(
      this.#graph,
      outputsOf([output]),
      sizes,
      sizes.length,
      this.#status.pointer,
    );
    this.#status.check(() => `record a tensor of the shape [${shape}]`);
  }

  /** The graph as a function of some of its outputs, which the caller releases. */
  toFunction(
    name: string,
    { inputs, outputs }: { inputs: readonly GraphOutput[]; outputs: readonly GraphOutput[] },
  ): Deno.PointerValue {
    const definition = this.#api.TF_GraphToFunction(
      this.#graph,
      cString(name),
      0,
      -1, // All operations.
      null,
      inputs.length,
      outputsOf(inputs),
      outputs.length,
      outputsOf(outputs),
      null,
      null,
      null,
      this.#status.pointer,
    );
    this.#status.check(() => "make a function of a recording");
    return definition;
  }

  /** Releases the graph; functions that were made of it stay. */
  dispose(): void {
    this.#api.TF_DeleteGraph(this.#graph);
  }

  #listInputs(name: string): boolean[] {
    const api = this.#api;
    const buffer = api.TF_NewBuffer();
    try {
      api.TF_GraphGetOpDef(this.#graph, cString(name), buffer, this.#status.pointer);
      this.#status.check(() => `record ${name}`);
      return listInputs(bufferBytes(buffer));
    } finally {
      api.TF_DeleteBuffer(buffer);
    }
  }
}

/** `TF_Output` structs, 16 bytes each: a pointer, an int32, padding. */
export function outputsOf(outputs: readonly GraphOutput[]): Uint8Array<ArrayBuffer> {
  const structs = new BigInt64Array(2 * outputs.length);
  outputs.forEach(({ operation, index }, i) => {
    structs[2 * i] = Deno.UnsafePointer.value(operation);
    structs[2 * i + 1] = BigInt(index);
  });
  return new Uint8Array(structs.buffer);
}
