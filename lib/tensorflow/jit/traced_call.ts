import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "../kernel_backend.ts";
import { type Effects, noteEffects, registeredVariables } from "./effects.ts";
import { type Leaf, leavesOf, mapTensors, signatureOf } from "./tensor_tree.ts";
import { type Input, type Source, Trace, type TracedInput } from "./trace.ts";

/** A call of a function of tensors that was traced. */
export interface TracedCall<Result> {
  readonly result: Result;
  /** Has the result's structure, and the same tensors, but is nobody's to change. */
  readonly structure: Result;
  /** What the result consists of. */
  readonly signature: string;
  readonly trace: Trace;
  /** The variables that were given new values. */
  readonly assigned: readonly tf.Variable[];
  /** Where the tensors of the result come from, and after them the new values of `assigned`. */
  readonly outputs: readonly Source[];
  /** The arguments that were disposed, by their positions among the tensors. */
  readonly disposed: readonly number[];
  readonly effects: Effects;
}

/**
 * Calls a function of tensors and traces what it does.
 *
 * @param leaves The tensors among the arguments.
 * @throws {TypeError} If it does what replays could not: reads values on the host, asks for random
 *   numbers or the time there, or returns something else than tensors.
 */
export function traceCall<Args extends unknown[], Result>(
  backend: TensorflowBackend,
  fn: (...args: Args) => Result,
  args: Args,
  leaves: readonly Leaf[],
): TracedCall<Result> {
  const { variables, copiedArgs, copies, traced, originals } = copyInputs(backend, args, leaves);
  const ownCopies = [...copies.values()];
  const trace = new Trace(backend.binding, traced, originals);
  const outputs: Source[] = [];
  // A copy again: what it copies is where the output comes from, be it an input or a constant.
  const copyAsOutput = (tensor: tf.Tensor) => {
    const copied = identity(backend, tensor);
    outputs.push(trace.latestOutput());
    return copied;
  };
  const before = variables.map(({ dataId }) => dataId);
  try {
    return backend.binding.observe(trace, () => {
      const { value: result, effects } = noteEffects(
        () =>
          tidily(() => {
            const result = fn(...copiedArgs);
            if (trace.failure !== undefined) throw trace.failure;
            return result;
          }, { copy: copyAsOutput }),
        { refuse: (message) => trace.refuse(message) },
      );
      const assigned = variables.filter((variable, i) =>
        !variable.isDisposed && variable.dataId !== before[i]
      );
      assigned.forEach((variable) => copyAsOutput(variable).dispose());
      return {
        result,
        structure: mapTensors(result, (tensor) => tensor),
        signature: signatureOf(result),
        trace,
        assigned,
        outputs,
        disposed: [...leaves.keys()].filter((i) => copies.get(leaves[i].tensor)?.isDisposed),
        effects: {
          ...effects,
          // Those of arguments are known by their positions.
          disposed: effects.disposed.filter((tensor) => !ownCopies.includes(tensor)),
        },
      };
    });
  } catch (error) {
    trace.dispose();
    throw error;
  } finally {
    tf.dispose(ownCopies);
  }
}

/** Disposes the arguments that the call disposes. */
export function disposeArguments<Result>(
  { disposed }: Pick<TracedCall<Result>, "disposed">,
  leaves: readonly Leaf[],
): void {
  tf.dispose(disposed.map((position) => leaves[position].tensor));
}

/**
 * Runs a function, gives its result with copies of the tensors, and disposes all else that it made, as
 * tf.tidy() does.
 *
 * @throws {TypeError} If it returns something else than tensors.
 */
export function tidily<Result>(
  run: () => Result,
  { copy }: { copy: (tensor: tf.Tensor) => tf.Tensor },
): Result {
  tf.engine().startScope("jit");
  let returned: tf.Tensor[] = [];
  try {
    const result = run();
    leavesOf(result, "the result");
    const copies: tf.Tensor[] = [];
    const copied = mapTensors(result, (tensor) => {
      const own = copy(tensor);
      copies.push(own);
      return own;
    });
    returned = copies;
    return copied;
  } finally {
    tf.engine().endScope(returned);
  }
}

/**
 * Gives each variable and each argument a tensor of its own, so that no two of them are one to
 * the binding, but for an argument that is given twice. Their values are not copied. Variables among
 * the arguments are handed on, as the function may assign them.
 */
function copyInputs<Args extends unknown[]>(
  backend: TensorflowBackend,
  args: Args,
  leaves: readonly Leaf[],
) {
  const traced = new Map<number, TracedInput>();
  const copyAsInput = (tensor: tf.Tensor, name: string, input: Input) => {
    const copied = identity(backend, tensor);
    const { latestId } = backend.binding;
    traced.set(latestId, { input, name, ...backend.binding.describe(latestId) });
    return copied;
  };
  const variables = registeredVariables();
  for (const variable of variables) {
    const copied = copyAsInput(variable, `variable ${variable.name} (${variable.id})`, variable);
    variable.assign(copied);
    copied.dispose();
  }
  const copies = new Map<tf.Tensor, tf.Tensor>();
  const originals = new Map<number, string>();
  leaves.forEach(({ path, tensor }, position) => {
    if (tensor instanceof tf.Variable || copies.has(tensor)) return;
    backend.binding.observe({
      ran: (_, { inputIds: [original] }) => void originals.set(original, path),
      reads() {},
    }, () => copies.set(tensor, copyAsInput(tensor, path, position)));
  });
  const copiedArgs = mapTensors(args, (tensor) => copies.get(tensor) ?? tensor);
  return { variables, copiedArgs, copies, traced, originals };
}

/** A copy that shares the values, whose type is TensorFlow's: `int32` may be another one there. */
function identity(backend: TensorflowBackend, tensor: tf.Tensor): tf.Tensor {
  return backend.executeSingleOutput("Identity", [], [tensor]);
}
