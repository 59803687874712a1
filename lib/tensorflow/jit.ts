import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "./kernel_backend.ts";
import { Recording } from "./recording.ts";
import { signatureOf, tensorsOf } from "./tensor_tree.ts";
import { tensorflowBackend } from "./tensorflow_backend.ts";
import { CALLED, CALLED_BY_XLA, CALLED_IN_BFLOAT16 } from "./trace_function.ts";
import { tidily } from "./traced_call.ts";

/** How {@linkcode jit} records. */
export interface JitOptions {
  /**
   * How many recordings are kept, one for each set of shapes and element types of the
   * arguments. One more releases the one that was used longest ago.
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
   * variables that the function assigns are not to be touched.
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
 * arguments run the whole of it as one graph, which TensorFlow optimises. Variables that `fn`
 * reads are inputs of the graph, variables that it assigns get their new values after each call.
 * If a call throws or the process stops, the variables are as the last whole call left them.
 *
 * Arguments and results are tensors, nested in arrays and objects if need be. The results are
 * the caller's, what `fn` makes besides is disposed. What is to change from call to call is an
 * argument or a variable: other values are part of the recording, and if one of them is not the
 * same at the second call, that is an error. Random numbers come from a `RandomGenerator`.
 *
 * On other backends than `tensorflow` it runs `fn` as it is.
 *
 * @throws {TypeError} By the returned function, where `fn` reads a tensor's values, draws random
 *   numbers on the host, or takes or returns something else than tensors; and where it is called
 *   inside of a gradient.
 * @throws {RangeError} By the returned function, where its first two calls did not do the same.
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
  { maxRecordings = 8, xla = false, precision = "float32" }: JitOptions = {},
): JitFunction<Args, Result> {
  if (!Number.isSafeInteger(maxRecordings) || maxRecordings < 1) {
    throw new RangeError(`Cannot make a jit function: maxRecordings is ${maxRecordings}, not >= 1`);
  }
  const calledOn = ({ binding }: TensorflowBackend) => {
    if (xla) return CALLED_BY_XLA;
    return precision === "bfloat16" && binding.multipliesBfloat16 ? CALLED_IN_BFLOAT16 : CALLED;
  };
  const recordings = new Map<string, Recording<Args, Result>>();

  function recordingFor(args: Args, create: () => Recording<Args, Result>) {
    const signature = signatureOf(args);
    const recording = recordings.get(signature) ?? create();
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

  /** What records or replays a call; nothing where it runs as it is. */
  function recordingOf(args: Args): Recording<Args, Result> | undefined {
    tensorsOf(args, "the arguments");
    const backend = tensorflowBackend();
    // Within another recording it is a part of that.
    if (backend === undefined || backend.binding.tracing) return undefined;
    if (tf.engine().state.gradientDepth > 0) {
      throw new TypeError(
        "Cannot run a jit function inside of a gradient, which would not see into it: take the " +
          "gradient within the function",
      );
    }
    return recordingFor(args, () => new Recording(backend, fn, calledOn(backend)));
  }

  const run = (...args: Args): Result => {
    const recording = recordingOf(args);
    return recording === undefined ? tidily(() => fn(...args)) : recording.call(args);
  };
  return Object.assign(run, {
    async later(...args: Args): Promise<Result> {
      const recording = recordingOf(args);
      return recording === undefined ? tidily(() => fn(...args)) : await recording.callLater(args);
    },
    dispose() {
      recordings.forEach((recording) => recording.dispose());
      recordings.clear();
    },
  });
}
