import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "../kernel_backend.ts";
import { tensorflowBackend } from "../tensorflow_backend.ts";
import { allOrNothing } from "./effects.ts";
import { assertClear, fly } from "./flights.ts";
import { Recording } from "./recording.ts";
import { argumentsOf, mapTensors, signatureOf } from "./tensor_tree.ts";
import { CALLED, CALLED_BY_XLA, CALLED_IN_BFLOAT16 } from "./trace_function.ts";
import { tidily } from "./traced_call.ts";

/** How {@linkcode jit} records. */
export interface JitOptions {
  /**
   * How many recordings are kept, one for each structure, shapes and element types of the
   * arguments, and for each variable among them. One more releases the one that was used longest
   * ago.
   *
   * @default {8}
   */
  maxRecordings?: number;
  /**
   * Whether recordings are compiled by XLA, which TensorFlow's wheels carry. That pays where many
   * small operations meet, not for convolutions, and takes a second or so the first time.
   *
   * @default {false}
   */
  xla?: boolean;
  /**
   * `bfloat16` lets the graph's convolutions and matrix products, and what stands between them,
   * take numbers of 8 significant bits where the processor multiplies them faster (AVX512_BF16 or
   * AMX). Sums are still float32, and so are variables, arguments and results. TensorFlow chooses
   * the operations, by its lists for automatic mixed precision. On other processors, with `xla`,
   * and where oneDNN is switched off or held to older instructions, it changes nothing.
   *
   * Source: Micikevicius et al., "Mixed Precision Training", 2018; Kalamkar et al., "A Study of
   * BFLOAT16 for Deep Learning Training", 2019.
   *
   * @default {"float32"}
   */
  precision?: Precision;
  /**
   * Lets every n-th call be traced again and compared with the recording, to find out whether the
   * function depends on what nobody can see from outside: a flag, a counter, a file. A difference
   * is an error then, and the call has no effect. Such a call takes as long as the first two.
   *
   * @default {0} Never.
   */
  verifyEvery?: number;
}

/** The numbers with which a graph may calculate. */
export const PRECISIONS = ["float32", "bfloat16"] as const;

/** The name of one of them. */
export type Precision = typeof PRECISIONS[number];

/** A function of tensors that is recorded and replayed. */
export interface JitFunction<Args extends unknown[], Result> {
  (...args: Args): Result;
  /**
   * Calls it while the event loop goes on, for a function that waits for other processes: once it
   * is recorded, it runs on another thread. Until the promise settles, the arguments and the
   * variables that the function assigns are not to be touched. Calls that share a variable which
   * one of them assigns take place one after the other, in the order in which they were made; one
   * that cannot wait, a plain call, is refused meanwhile.
   */
  later(...args: Args): Promise<Result>;
  /** Releases the recordings; another call records anew. */
  dispose(): void;
}

/**
 * Makes a function of tensors fast: what it does is recorded as one function of TensorFlow's,
 * which then replaces it.
 *
 * The first two calls with arguments of some shapes run `fn` as it is, each operation by itself,
 * and note what it does, gradients included. If both did the same, all later calls with such
 * arguments run the whole of it as one graph, which TensorFlow schedules. If the first of them
 * makes what the others use, such as an optimizer's variables, three calls run `fn`.
 *
 * - **Arguments** are tensors, nested in arrays and objects if need be. One that `fn` disposes is
 *   disposed by replays, too. A variable among them may be assigned; it has a recording of its own.
 * - **Variables** that `fn` reads are inputs of the graph, variables that it assigns get their new
 *   values after each call. If a call throws or the process stops, the variables are as the last
 *   whole call left them.
 * - **Results** are tensors likewise, and the caller's: copies, also of arguments and variables. What
 *   `fn` makes besides is disposed.
 * - **Anything else that changes** from call to call would be frozen. What can be seen to change is
 *   an error, at the second call or at once: other operations, attributes, constants, variables or
 *   results, tensors kept or disposed, `Math.random()` and the time, values read on the host, shapes
 *   that depend on values. Random numbers come from a {@linkcode RandomGenerator}. Where a tensor or
 *   variable that was recorded is disposed, or an optimizer of TensorFlow.js's gets another
 *   learning rate, the next call records anew. What cannot be seen is up to you: a flag of your own
 *   that has one value at the first two calls and another later. `verifyEvery` looks for that. What
 *   `fn` does beside all this, such as to print or to count, it does when it runs.
 *
 * On other backends than `tensorflow` it runs `fn` as it is, with the same arguments, results and
 * care of variables.
 *
 * @throws {TypeError} By the returned function, where `fn` does what cannot be recorded, or takes or
 *   returns something else than tensors; and where it is called inside of a gradient.
 * @throws {RangeError} By the returned function, where its first two calls did not do the same, an
 *   argument was disposed, or a call of `later()` is under way that it would overlap.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import * as tf from "@tensorflow/tfjs";
 * import { jit } from "./mod.ts";
 *
 * const total = tf.variable(tf.scalar(0));
 * const add = jit((x: tf.Tensor1D) => total.assign(tf.add(total, tf.sum(x))));
 * for (let i = 0; i < 5; i++) add(tf.tensor1d([i, 1]));
 * assertEquals(total.dataSync()[0], 15);
 * ```
 */
export function jit<Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  { maxRecordings = 8, xla = false, precision = "float32", verifyEvery = 0 }: JitOptions = {},
): JitFunction<Args, Result> {
  assertCount({ maxRecordings }, 1);
  assertCount({ verifyEvery }, 0);
  const calledOn = ({ binding }: TensorflowBackend) => {
    if (xla) return CALLED_BY_XLA;
    return precision === "bfloat16" && binding.multipliesBfloat16 ? CALLED_IN_BFLOAT16 : CALLED;
  };
  const recordings = new Map<string, Recording<Args, Result>>();

  /** The tensors of a call, and what records or replays it; nothing where it runs as it is. */
  function prepare(args: Args) {
    return { leaves: argumentsOf(args), recording: recordingOf(args) };
  }

  function recordingOf(args: Args): Recording<Args, Result> | undefined {
    const backend = tensorflowBackend();
    // Within another recording it is a part of that.
    if (backend === undefined || backend.binding.isObserved) return undefined;
    if (tf.engine().state.gradientDepth > 0) {
      throw new TypeError(
        "Cannot run a jit function inside of a gradient, which would not see into it: take the " +
          "gradient within the function",
      );
    }
    const signature = signatureOf(args);
    const recording = recordings.get(signature) ?? new Recording(backend, fn, {
      called: calledOn(backend),
      verifyEvery,
    });
    // A Map keeps the order of insertion: what is used goes to its end.
    recordings.delete(signature);
    recordings.set(signature, recording);
    if (recordings.size > maxRecordings) {
      const [[oldest, unused]] = recordings;
      unused.dispose();
      recordings.delete(oldest);
    }
    return recording;
  }

  const run = (...args: Args): Result => {
    const { leaves, recording } = prepare(args);
    if (recording === undefined) return runAsItIs(fn, args);
    assertClear(recording);
    return recording.call(args, leaves);
  };
  return Object.assign(run, {
    async later(...args: Args): Promise<Result> {
      // Once more where it has waited: the recording may be another one by then.
      const call = async () => {
        const { leaves, recording } = prepare(args);
        return recording === undefined
          ? runAsItIs(fn, args)
          : await recording.callLater(args, leaves);
      };
      return await fly(prepare(args).recording?.touched, call);
    },
    dispose() {
      recordings.forEach((recording) => recording.dispose());
      recordings.clear();
    },
  });
}

/** Runs a function with what holds for recorded ones, too: the results are the caller's. */
function runAsItIs<Args extends unknown[], Result>(
  fn: (...args: Args) => Result,
  args: Args,
): Result {
  // In arrays and objects of its own, as it gets them where it is recorded.
  const copiedArgs = mapTensors(args, (tensor) => tensor);
  return allOrNothing(() =>
    tidily(() => fn(...copiedArgs), { copy: (tensor) => tf.clone(tensor) })
  );
}

function assertCount(option: Record<string, number>, least: number): void {
  const [[name, count]] = Object.entries(option);
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new RangeError(`Cannot make a jit function: ${name} is ${count}, not >= ${least}`);
}
