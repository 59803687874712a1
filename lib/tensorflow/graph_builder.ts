import type { OperationAttribute } from "./attributes.ts";
import { ATTRIBUTE_TYPES } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { Graph, type GraphOutput } from "./graph.ts";
import { newTensor } from "./tensor_handle.ts";
import type { Source, Trace } from "./trace.ts";

/** A function that TensorFlow knows under a name. */
interface Definition {
  readonly name: string;
  readonly pointer: Deno.PointerValue;
}

/** Builds a graph of operations of a trace and makes it a function. */
export class GraphBuilder {
  readonly #context: EagerContext;
  readonly #trace: Trace;
  readonly #graph: Graph;
  readonly #inputs: GraphOutput[] = [];
  readonly #outputs = new Map<string, GraphOutput>();

  constructor(context: EagerContext, trace: Trace) {
    this.#context = context;
    this.#trace = trace;
    this.#graph = new Graph(context.api, context.status);
  }

  /** Whether the graph has a tensor, as an input or computed. */
  has(source: Source): boolean {
    return this.#outputs.has(keyOf(source));
  }

  /** Makes a tensor an input of the function. */
  addInput(source: Source): void {
    const attributes = [typeAttribute(this.#trace.dtypeOf(source))];
    const input = { operation: this.#graph.add("Placeholder", { attributes }), index: 0 };
    this.#inputs.push(input);
    this.#outputs.set(keyOf(source), input);
  }

  /** Adds an operation of the trace. */
  addOperation(index: number): void {
    const { name, attributes, inputs, outputs } = this.#trace.operations[index];
    const operation = this.#graph.add(name, { attributes, inputs: inputs.map(this.#outputOf) });
    outputs.forEach((_, output) => {
      this.#outputs.set(keyOf({ operation: index, output }), { operation, index: output });
    });
  }

  /** Adds the call of a function, whose outputs stand for the tensors `outputs` of the trace. */
  addCall(
    { name, pointer }: Definition,
    { inputs, outputs, attributes }: {
      inputs: readonly Source[];
      outputs: readonly Source[];
      attributes: readonly OperationAttribute[];
    },
  ): void {
    this.#graph.addFunction(pointer);
    const operation = this.#graph.add(name, { attributes, inputs: inputs.map(this.#outputOf) });
    outputs.forEach((source, index) => this.#outputs.set(keyOf(source), { operation, index }));
  }

  /**
   * Makes the graph a function that TensorFlow's runtime knows. The definition is the caller's,
   * to be released with `TF_DeleteFunction`.
   */
  define(name: string, outputs: readonly Source[]): Definition {
    const pointer = this.#graph.toFunction(name, {
      inputs: this.#inputs,
      outputs: outputs.map(this.#outputOf),
    });
    this.#context.addFunction(pointer);
    return { name, pointer };
  }

  [Symbol.dispose](): void {
    this.#graph.dispose();
  }

  readonly #outputOf = (source: Source): GraphOutput => {
    const known = this.#outputs.get(keyOf(source));
    if (known !== undefined) return known;
    if (!("constant" in source)) {
      throw new RangeError(`Cannot record: ${keyOf(source)} is not in the graph`);
    }
    const constant = { operation: this.#addConstant(source.constant), index: 0 };
    this.#outputs.set(keyOf(source), constant);
    return constant;
  };

  #addConstant(index: number): Deno.PointerValue {
    const { api } = this.#context;
    const value = this.#trace.constants[index];
    const tensor = newTensor(api, value);
    try {
      return this.#graph.add("Const", { attributes: [typeAttribute(value.dtype)], tensor });
    } finally {
      api.TF_DeleteTensor(tensor);
    }
  }
}

/** A source as the key of a map. */
export function keyOf(source: Source): string {
  if ("input" in source) return `input ${source.input}`;
  if ("constant" in source) return `constant ${source.constant}`;
  return `output ${source.output} of operation ${source.operation}`;
}

function typeAttribute(dtype: number): OperationAttribute {
  return { name: "dtype", type: ATTRIBUTE_TYPES.type, value: dtype };
}
