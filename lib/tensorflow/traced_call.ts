import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "./kernel_backend.ts";
import { mapTensors, tensorsOf } from "./tensor_tree.ts";
import type { Source, Trace, TracedInput } from "./trace.ts";

/** A call of a function of tensors that was traced. */
export interface TracedCall<Result> {
  readonly result: Result;
  readonly trace: Trace;
  /** What the names of the trace's inputs stand for: arguments by position, or variables. */
  readonly inputs: ReadonlyMap<string, number | tf.Variable>;
  /** The variables that were given new values. */
  readonly assigned: readonly tf.Variable[];
  /** Where the tensors of the result come from, and after them the new values of `assigned`. */
  readonly outputs: readonly Source[];
  /** How many variables the call has made. */
  readonly newVariables: number;
  /** How many tensors it has left besides its result and those variables. */
  readonly tensorsLeft: number;
}

/**
 * Calls a function of tensors and traces what it does.
 *
 * @throws {TypeError} If it does what replays could not: reads values on the host, draws random
 *   numbers there, or returns something else than tensors.
 */
export function traceCall<Args extends unknown[], Result>(
  backend: TensorflowBackend,
  fn: (...args: Args) => Result,
  args: Args,
): TracedCall<Result> {
  const { inputs, copiedArgs, copies, traced, variables } = copyInputs(backend, args);
  const before = variables.map(({ dataId }) => dataId);
  const { numTensors } = tf.memory();
  const assigned: tf.Variable[] = [];
  const outputs: Source[] = [];
  try {
    const { trace, value: result } = backend.binding.trace(traced, (trace) => {
      // A copy again: what it copies is where the output comes from, be it an input or a constant.
      const copyAsOutput = (tensor: tf.Tensor) => {
        const copied = backend.executeSingleInput("Identity", tensor);
        outputs.push(trace.latestOutput());
        return copied;
      };
      const result = tidily(() => {
        const result = fn(...copiedArgs);
        if (trace.failure !== undefined) throw trace.failure;
        tensorsOf(result, "the results");
        return mapTensors(result, copyAsOutput);
      });
      assigned.push(...variables.filter(({ dataId }, i) => dataId !== before[i]));
      assigned.forEach((variable) => copyAsOutput(variable).dispose());
      return result;
    });
    const newVariables = registeredVariables().filter((made) => !variables.includes(made)).length;
    const results = outputs.length - assigned.length;
    const tensorsLeft = tf.memory().numTensors - numTensors - results - newVariables;
    return { result, trace, inputs, assigned, outputs, newVariables, tensorsLeft };
  } finally {
    tf.dispose(copies);
  }
}

/** Runs a function and disposes the tensors that it made and did not return, as tf.tidy() does. */
export function tidily<Result>(run: () => Result): Result {
  tf.engine().startScope("jit");
  let returned: tf.Tensor[] = [];
  try {
    const result = run();
    returned = tensorsOf(result, "the results");
    return result;
  } finally {
    tf.engine().endScope(returned);
  }
}

function registeredVariables(): tf.Variable[] {
  return Object.values(tf.engine().registeredVariables);
}

/**
 * Gives each variable and each argument a tensor of its own, so that no two of them are one to
 * the binding. Their values are not copied.
 */
function copyInputs<Args extends unknown[]>(backend: TensorflowBackend, args: Args) {
  const inputs = new Map<string, number | tf.Variable>();
  const traced = new Map<number, TracedInput>();
  const copyAsInput = (tensor: tf.Tensor, name: string, input: number | tf.Variable) => {
    const copied = backend.executeSingleInput("Identity", tensor);
    inputs.set(name, input);
    traced.set(backend.binding.latestId, { name, dtype: backend.getDTypeInteger(tensor.dtype) });
    return copied;
  };
  const variables = registeredVariables();
  for (const variable of variables) {
    const copied = copyAsInput(variable, `variable ${variable.name} (${variable.id})`, variable);
    variable.assign(copied);
    copied.dispose();
  }
  const copies: tf.Tensor[] = [];
  const copiedArgs = mapTensors(args, (tensor) => {
    copies.push(copyAsInput(tensor, `argument ${copies.length}`, copies.length));
    return copies[copies.length - 1];
  });
  return { inputs, copiedArgs, copies, traced, variables };
}
