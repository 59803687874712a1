import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "./kernel_backend.ts";
import { assertSameTrace } from "./same_trace.ts";
import { mapTensors, tensorsOf } from "./tensor_tree.ts";
import type { OperationAttribute } from "./attributes.ts";
import type { Trace } from "./trace.ts";
import type { TraceFunction } from "./trace_function.ts";
import { traceCall, type TracedCall } from "./traced_call.ts";

/** What replays a call. */
interface Replay<Result> {
  readonly definition: TraceFunction;
  /** What the definition takes: arguments by position, or variables. */
  readonly inputs: readonly (number | tf.Variable | undefined)[];
  /** The variables whose new values are the last of its outputs. */
  readonly assigned: readonly tf.Variable[];
  readonly outputCount: number;
  /** Has the result's structure. Its tensors are the first caller's. */
  readonly result: Result;
}

/**
 * A function of tensors, recorded for one set of shapes. Its first two calls run it as it is and
 * are traced; if both did the same, all others replay that as one function of TensorFlow's.
 */
export class Recording<Args extends unknown[], Result> {
  readonly #backend: TensorflowBackend;
  readonly #fn: (...args: Args) => Result;
  readonly #called: OperationAttribute;
  #warm = false;
  #first: Trace | undefined;
  #replay: Replay<Result> | undefined;

  /** `called` is the attribute by which the replays are called. */
  constructor(
    backend: TensorflowBackend,
    fn: (...args: Args) => Result,
    called: OperationAttribute,
  ) {
    this.#backend = backend;
    this.#fn = fn;
    this.#called = called;
  }

  /** Runs the function, or what was recorded of it. */
  call(args: Args): Result {
    if (this.#replay === undefined) return this.#record(args);
    const { definition, outputCount } = this.#replay;
    const values = this.#backend.executeMultipleOutputs(
      definition.name,
      [this.#called],
      operands(this.#replay, args),
      outputCount,
    );
    return finish(this.#replay, values);
  }

  /** The same, but what was recorded runs while the event loop goes on. */
  async callLater(args: Args): Promise<Result> {
    if (this.#replay === undefined) return this.#record(args);
    const replay = this.#replay;
    const values = await this.#backend.executeLater(replay.definition.name, {
      attributes: [this.#called],
      inputs: operands(replay, args),
      outputCount: replay.outputCount,
    });
    return finish(replay, values);
  }

  #record(args: Args): Result {
    const call = traceCall(this.#backend, this.#fn, args);
    try {
      this.#take(call);
      return call.result;
    } catch (error) {
      tf.dispose(tensorsOf(call.result, "the results"));
      throw error;
    }
  }

  /** Releases what was recorded. */
  dispose(): void {
    if (this.#replay !== undefined) this.#backend.binding.removeFunction(this.#replay.definition);
    this.#replay = undefined;
    this.#first = undefined;
  }

  #take(call: TracedCall<Result>): void {
    const { newVariables, tensorsLeft, trace, outputs } = call;
    if (newVariables > 0 && !this.#warm) {
      // Such as an optimizer's: what this call did is not what the others will do.
      this.#warm = true;
      return;
    }
    const first = this.#first;
    this.#first = first === undefined ? trace : undefined;
    if (first === undefined) return;
    assertSameTrace(first, trace);
    if (newVariables > 0 || tensorsLeft > 0) {
      throw new RangeError(
        `Cannot replay a jit function that leaves something behind: ${newVariables} variables ` +
          `and ${tensorsLeft} tensors besides its results; make them outside, or return them`,
      );
    }
    const definition = this.#backend.binding.defineFunction(trace, outputs);
    this.#replay = {
      definition,
      inputs: definition.inputs.map((name) => call.inputs.get(name)),
      assigned: call.assigned,
      outputCount: outputs.length,
      result: call.result,
    };
  }
}

/** What a replay takes. */
function operands<Result>(
  { definition, inputs }: Replay<Result>,
  args: readonly unknown[],
): tf.Tensor[] {
  const tensors = tensorsOf(args, "the arguments");
  return inputs.map((input, i) => {
    const tensor = typeof input === "number" ? tensors[input] : input;
    if (tensor === undefined || tensor.isDisposed) {
      throw new RangeError(`Cannot replay a jit function: ${definition.inputs[i]} was disposed`);
    }
    return tensor;
  });
}

/** Gives the variables their new values, only when the whole call has succeeded. */
function finish<Result>(
  { assigned, outputCount, result }: Replay<Result>,
  values: tf.Tensor[],
): Result {
  values.splice(outputCount - assigned.length).forEach((value, i) => {
    assigned[i].assign(value);
    value.dispose();
  });
  let next = 0;
  return mapTensors(result, () => values[next++]);
}
