import type { OperationAttribute } from "../attributes.ts";
import type { TensorflowBinding, TensorValue } from "../binding.ts";
import { ATTRIBUTE_TYPES } from "../data_types.ts";
import type { EagerContext } from "../eager_context.ts";
import { Graph, type GraphOutput } from "../graph.ts";
import { byteSizeOf, newTensor } from "../tensor_handle.ts";
import type { Constant, Input, Source, Trace } from "./trace.ts";

/**
 * What of TensorFlow's graph optimiser is off, as it changes what is calculated: by
 * `RewriterConfig`'s fields, each 2 for off.
 *
 * - constant_folding (3): x + 1e20 - 1e20, a way to round, becomes x.
 * - arithmetic_optimization (7): not (x > 0) becomes x <= 0, which NaN is not.
 * - remapping (14): the maximum of 2x and x becomes a leaky ReLU of slope 2, which is the minimum; a
 *   convolution, bias and ReLU become one operation, which makes 0 of NaN.
 */
const EXACT = [0x18, 2, 0x38, 2, 0x70, 2];

/** `auto_mixed_precision_onednn_bfloat16` (31), on. */
const BFLOAT16 = [0xf8, 0x01, 1];

/**
 * The attribute by which a function is called: a serialised `ConfigProto`. Without it TensorFlow
 * leaves its graph optimiser out altogether, which chooses the operations of oneDNN, too.
 */
export const CALLED = calledWith(EXACT);

/**
 * The attribute by which a function is called whose convolutions and matrix products may take
 * bfloat16.
 */
export const CALLED_IN_BFLOAT16 = calledWith([...EXACT, ...BFLOAT16]);

/** A `ConfigProto` whose graph options (field 10) have rewrite options (field 10). */
function calledWith(rewriteOptions: readonly number[]): OperationAttribute {
  const { length } = rewriteOptions;
  return {
    name: "config_proto",
    type: ATTRIBUTE_TYPES.string,
    value: Uint8Array.of(0x52, length + 2, 0x52, length, ...rewriteOptions),
  };
}

/** The attribute by which a function is called that XLA compiles. */
export const CALLED_BY_XLA: OperationAttribute = {
  name: "_XlaMustCompile",
  type: ATTRIBUTE_TYPES.bool,
  value: true,
};

/**
 * Up to how many bytes a constant becomes part of the function, where TensorFlow can calculate with
 * it in advance. A larger one is handed over at each call: the function would hold several copies.
 */
const EMBEDDED = 2 ** 16;

/** What of its outputs has a shape that TensorFlow cannot tell is for the operation's gradient only. */
const WITH_RESERVE: ReadonlySet<string> = new Set(["FusedBatchNormV3"]);

let functions = 0;

/**
 * Makes a function of a trace. Until it is removed, TensorFlow keeps it, and with it the larger of
 * the trace's constants.
 *
 * @param results What the function returns.
 * @returns Its name, by which the binding runs it like an operation, and what it takes.
 * @throws {TypeError} If there is an operation that TensorFlow does not know, or one whose output
 *   has a shape that depends on values: code that saw one such shape would be replayed for others.
 * @throws {RangeError} If TensorFlow refuses it, with its own message.
 */
export function defineFunction(
  binding: TensorflowBinding,
  trace: Trace,
  results: readonly Source[],
): { name: string; inputs: Input[] } {
  const { runtime } = binding;
  const graph = new Graph(runtime.api, runtime.status);
  try {
    const placeholder = ({ dtype, shape }: Omit<TensorValue, "bytes">): GraphOutput => ({
      operation: graph.add("Placeholder", {
        attributes: [
          typeAttribute(dtype),
          { name: "shape", type: ATTRIBUTE_TYPES.shape, value: [...shape] },
        ],
      }),
      index: 0,
    });
    const inputs = new Map(trace.inputs.map((input) => [input.input, placeholder(input)]));
    const captured: { constant: Constant; output: GraphOutput }[] = [];
    const constants = trace.constants.map((constant) => {
      if (byteSizeOf(constant) <= EMBEDDED) {
        return embed(runtime, graph, { ...constant, bytes: binding.bytesOf(constant.shared) });
      }
      const output = placeholder(constant);
      captured.push({ constant, output });
      return output;
    });
    const operations: Deno.PointerValue[] = [];
    const outputOf = (source: Source): GraphOutput => {
      if ("constant" in source) return constants[source.constant];
      if ("operation" in source) {
        return { operation: operations[source.operation], index: source.output };
      }
      const output = inputs.get(source.input);
      if (output === undefined) throw new RangeError("Cannot record: an input is missing");
      return output;
    };
    for (const { name, attributes, inputs, outputShapes, varies } of trace.operations) {
      const operation = graph.add(name, { attributes, inputs: inputs.map(outputOf) });
      operations.push(operation);
      outputShapes.forEach((shape, index) => {
        const output = { operation, index };
        const isKnown = graph.shapeOf(output)?.every((size) => size >= 0) ?? false;
        if (isKnown) return;
        if (varies && !WITH_RESERVE.has(name)) refuseShape(name, shape);
        graph.setShape(output, shape);
      });
    }
    const name = `recorded_${functions++}`;
    const definition = graph.toFunction(name, {
      inputs: [...inputs.values(), ...captured.map(({ output }) => output)],
      outputs: results.map(outputOf),
    });
    binding.addFunction(name, definition, {
      captured: captured.map(({ constant }) => binding.share(constant.shared)),
    });
    runtime.api.TF_DeleteFunction(definition);
    return { name, inputs: [...inputs.keys()] };
  } finally {
    graph.dispose();
  }
}

function refuseShape(name: string, shape: readonly number[]): never {
  throw new TypeError(
    `Cannot replay ${name} in a jit function: the shape of what it gives, now [${shape}], depends ` +
      "on values, and what the function made of that shape would be replayed for others; call it " +
      "outside",
  );
}

function embed({ api }: EagerContext, graph: Graph, value: TensorValue): GraphOutput {
  const tensor = newTensor(api, value);
  try {
    const operation = graph.add("Const", { attributes: [typeAttribute(value.dtype)], tensor });
    return { operation, index: 0 };
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}

function typeAttribute(dtype: number): OperationAttribute {
  return { name: "dtype", type: ATTRIBUTE_TYPES.type, value: dtype };
}
