import type { OperationAttribute } from "./attributes.ts";
import { ATTRIBUTE_TYPES } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { Graph, type GraphOutput } from "./graph.ts";
import { newTensor } from "./tensor_handle.ts";
import type { Source, TensorValue, Trace } from "./trace.ts";

/** A function of TensorFlow's that does what a trace did. */
export interface TraceFunction {
  /** The name under which TensorFlow runs it, like an operation. */
  readonly name: string;
  /** The names of the trace's inputs, in the order in which it takes them. */
  readonly inputs: readonly string[];
}

/**
 * The attribute by which a function is called: a serialised `ConfigProto`, here with nothing but
 * defaults. Without it TensorFlow leaves its graph optimiser out, which fuses operations.
 */
export const CALLED: OperationAttribute = {
  name: "config_proto",
  type: ATTRIBUTE_TYPES.string,
  value: "",
};

/**
 * The attribute by which a function is called whose convolutions and matrix products may take
 * bfloat16: a `ConfigProto` whose graph options (field 10) have rewrite options (field 10) with
 * `auto_mixed_precision_onednn_bfloat16` (field 31) on (1).
 */
export const CALLED_IN_BFLOAT16: OperationAttribute = {
  ...CALLED,
  value: Uint8Array.of(0x52, 5, 0x52, 3, 0xf8, 0x01, 1),
};

/** The attribute by which a function is called that XLA compiles. */
export const CALLED_BY_XLA: OperationAttribute = {
  name: "_XlaMustCompile",
  type: ATTRIBUTE_TYPES.bool,
  value: true,
};

let functions = 0;

/**
 * Makes a function of a trace. Until it is removed, TensorFlow keeps it.
 *
 * @param results What the function returns.
 * @throws {TypeError} If there is an operation that TensorFlow does not know.
 * @throws {RangeError} If TensorFlow refuses it, with its own message.
 */
export function defineFunction(
  context: EagerContext,
  trace: Trace,
  results: readonly Source[],
): TraceFunction {
  const graph = new Graph(context.api, context.status);
  try {
    const inputs = new Map<string, GraphOutput>();
    for (const { name, dtype } of trace.inputs) {
      const operation = graph.add("Placeholder", { attributes: [typeAttribute(dtype)] });
      inputs.set(name, { operation, index: 0 });
    }
    const constants = trace.constants.map((value) => addConstant(context, graph, value));
    const operations: Deno.PointerValue[] = [];
    const outputOf = (source: Source): GraphOutput => {
      if ("constant" in source) return { operation: constants[source.constant], index: 0 };
      if ("operation" in source) {
        return { operation: operations[source.operation], index: source.output };
      }
      const input = inputs.get(source.input);
      if (input === undefined) throw new RangeError(`Cannot record: there is no ${source.input}`);
      return input;
    };
    for (const { name, attributes, inputs } of trace.operations) {
      operations.push(graph.add(name, { attributes, inputs: inputs.map(outputOf) }));
    }
    const name = `recorded_${functions++}`;
    const definition = graph.toFunction(name, {
      inputs: [...inputs.values()],
      outputs: results.map(outputOf),
    });
    context.addFunction(definition);
    context.api.TF_DeleteFunction(definition);
    return { name, inputs: [...inputs.keys()] };
  } finally {
    graph.dispose();
  }
}

function addConstant({ api }: EagerContext, graph: Graph, value: TensorValue): Deno.PointerValue {
  const tensor = newTensor(api, value);
  try {
    return graph.add("Const", { attributes: [typeAttribute(value.dtype)], tensor });
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

function typeAttribute(dtype: number): OperationAttribute {
  return { name: "dtype", type: ATTRIBUTE_TYPES.type, value: dtype };
}
