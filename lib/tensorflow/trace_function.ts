import { ATTRIBUTE_TYPES } from "./data_types.ts";
import type { EagerContext } from "./eager_context.ts";
import { GraphBuilder, keyOf } from "./graph_builder.ts";
import type { Source, Trace } from "./trace.ts";

/** A function of TensorFlow's that does what a trace did. */
export interface TraceFunction {
  /** The name under which TensorFlow runs it, like an operation. */
  readonly name: string;
  /** The names of the trace's inputs, in the order in which it takes them. */
  readonly inputs: readonly string[];
  /** The functions that it calls, one for each region. */
  readonly regions: readonly string[];
}

/** The attribute by which the call of a function is compiled by XLA. */
export const COMPILED = { name: "_XlaMustCompile", type: ATTRIBUTE_TYPES.bool, value: true };

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
  using builder = new GraphBuilder(context, trace);
  trace.inputs.forEach(({ name }) => builder.addInput({ input: name }));
  const regions = new Map<number, string>();
  for (const [index, { region }] of trace.operations.entries()) {
    if (region === undefined) builder.addOperation(index);
    else if (!regions.has(region)) {
      regions.set(region, addRegion(context, builder, { trace, region, results }));
    }
  }
  const { name, pointer } = builder.define(`recorded_${functions++}`, results);
  context.api.TF_DeleteFunction(pointer);
  return { name, inputs: trace.inputs.map(({ name }) => name), regions: [...regions.values()] };
}

/** Adds the operations of a region as the call of a function of their own; gives its name. */
function addRegion(
  context: EagerContext,
  caller: GraphBuilder,
  { trace, region, results }: { trace: Trace; region: number; results: readonly Source[] },
): string {
  using builder = new GraphBuilder(context, trace);
  const inputs: Source[] = [];
  const outputs = new Map<string, Source>();
  const within = (source: Source) =>
    "operation" in source && trace.operations[source.operation].region === region;
  for (const [index, operation] of trace.operations.entries()) {
    if (operation.region !== region) {
      operation.inputs.filter(within).forEach((source) => outputs.set(keyOf(source), source));
      continue;
    }
    for (const source of operation.inputs) {
      if ("constant" in source || builder.has(source)) continue;
      builder.addInput(source);
      inputs.push(source);
    }
    builder.addOperation(index);
  }
  results.filter(within).forEach((source) => outputs.set(keyOf(source), source));
  const definition = builder.define(`compiled_${functions++}`, [...outputs.values()]);
  caller.addCall(definition, { inputs, outputs: [...outputs.values()], attributes: [COMPILED] });
  context.api.TF_DeleteFunction(definition.pointer);
  return definition.name;
}
