import * as tf from "@tensorflow/tfjs";
import type { OperationAttribute } from "../attributes.ts";
import type { TensorflowBackend } from "../kernel_backend.ts";
import { allOrNothing, type Effects } from "./effects.ts";
import type { Touched } from "./flights.ts";
import { Replay } from "./replay.ts";
import { assertSameTrace, differs } from "./same_trace.ts";
import { type Leaf, leavesOf } from "./tensor_tree.ts";
import { disposeArguments, traceCall, type TracedCall } from "./traced_call.ts";

/** How a recording is made. */
interface RecordingOptions {
  /** The attribute by which replays are called. */
  readonly called: OperationAttribute;
  /** Every how many replays the function runs instead, to be compared; 0 for never. */
  readonly verifyEvery: number;
}

/**
 * A function of tensors, recorded for one signature of its arguments. Its first two calls run it
 * as it is and are traced; if both did the same, all others replay that as one function of
 * TensorFlow's.
 */
export class Recording<Args extends unknown[], Result> {
  readonly #backend: TensorflowBackend;
  readonly #fn: (...args: Args) => Result;
  readonly #options: RecordingOptions;
  /** Whether there was a call that made what the others use. */
  #prepared = false;
  #first: TracedCall<Result> | undefined;
  #replay: Replay<Result> | undefined;
  #calls = 0;

  constructor(
    backend: TensorflowBackend,
    fn: (...args: Args) => Result,
    options: RecordingOptions,
  ) {
    this.#backend = backend;
    this.#fn = fn;
    this.#options = options;
  }

  /** The variables that the next call reads or assigns. */
  get touched(): Touched {
    return this.#current()?.touched;
  }

  /**
   * Runs the function, or what was recorded of it.
   *
   * @param leaves The tensors among the arguments.
   */
  call(args: Args, leaves: readonly Leaf[]): Result {
    const replay = this.#next();
    return replay === undefined ? this.#trace(args, leaves) : replay.run(leaves);
  }

  /** The same, but what was recorded runs while the event loop goes on. */
  async callLater(args: Args, leaves: readonly Leaf[]): Promise<Result> {
    const replay = this.#next();
    return replay === undefined ? this.#trace(args, leaves) : await replay.runLater(leaves);
  }

  /** Releases what was recorded. */
  dispose(): void {
    this.#replay?.release();
    this.#replay = undefined;
    this.#forgetFirst();
  }

  /** What replays calls, if what was recorded is still there and as it was. */
  #current(): Replay<Result> | undefined {
    if (this.#replay?.isCurrent === false) this.dispose();
    return this.#replay;
  }

  /** What replays the next call; nothing where that is to be traced. */
  #next(): Replay<Result> | undefined {
    const replay = this.#current();
    const { verifyEvery } = this.#options;
    const isVerified = replay !== undefined && verifyEvery > 0 && ++this.#calls % verifyEvery === 0;
    return isVerified ? undefined : replay;
  }

  #trace(args: Args, leaves: readonly Leaf[]): Result {
    return allOrNothing(() => {
      const call = this.#traced(args, leaves);
      try {
        if (this.#replay === undefined) this.#take(call);
        else this.#verify(this.#replay, call);
      } catch (error) {
        tf.dispose(leavesOf(call.structure, "the result").map(({ tensor }) => tensor));
        if (this.#first !== call) call.trace.dispose();
        throw error;
      }
      disposeArguments(call, leaves);
      return call.result;
    });
  }

  #traced(args: Args, leaves: readonly Leaf[]): TracedCall<Result> {
    try {
      return traceCall(this.#backend, this.#fn, args, leaves);
    } catch (error) {
      // Two calls in a row are compared, not those before and after one that fails.
      this.#forgetFirst();
      throw error;
    }
  }

  #take(call: TracedCall<Result>): void {
    if (leavesSomething(call.effects) && !this.#prepared) {
      // Such as an optimizer's variables: what this call did is not what the others will do.
      this.#prepared = true;
      this.#forgetFirst();
      call.trace.dispose();
      return;
    }
    assertLeavesNothing(call.effects);
    const first = this.#first;
    this.#first = call;
    if (first === undefined) return;
    try {
      this.#assertSame([first, call], "at the second call");
    } finally {
      first.trace.dispose();
    }
    this.#replay = new Replay(this.#backend, call, this.#options);
    this.#first = undefined;
    // Nothing is to be compared with it any more.
    if (this.#options.verifyEvery === 0) call.trace.dispose();
  }

  #forgetFirst(): void {
    this.#first?.trace.dispose();
    this.#first = undefined;
  }

  #verify(replay: Replay<Result>, call: TracedCall<Result>): void {
    this.#assertSame([replay.call, call], `at replay ${this.#calls}`);
    assertLeavesNothing(call.effects);
    call.trace.dispose();
  }

  #assertSame([first, second]: readonly [TracedCall<Result>, TracedCall<Result>], when: string) {
    assertSameTrace(this.#backend.binding, [first.trace, second.trace], { when });
    if (first.signature !== second.signature) {
      differs(`the result was ${first.signature}, ${when} it is ${second.signature}`);
    }
    if (!isSameList(first.assigned, second.assigned)) {
      differs(
        `it assigned ${names(first.assigned)}, ${when} it assigned ${names(second.assigned)}`,
      );
    }
    if (!isSameList(first.disposed, second.disposed)) {
      differs(`other arguments are disposed ${when}`);
    }
    const [before, after] = [first, second].map(({ effects }) => [...effects.steps].flat());
    if (!isSameList(before, after)) differs(`other optimizers take steps ${when}`);
  }
}

function leavesSomething({ madeVariables, disposedVariables, kept, disposed }: Effects): boolean {
  return [madeVariables, disposedVariables, kept, disposed].some((list) => list.length > 0);
}

/** @throws {RangeError} If a call left something behind, or took something away. */
function assertLeavesNothing(effects: Effects): void {
  if (!leavesSomething(effects)) return;
  const { madeVariables, disposedVariables, kept, disposed } = effects;
  const tensors = (list: readonly tf.Tensor[]) =>
    list.map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`).join(", ");
  const did = [
    madeVariables.length > 0 && `makes ${names(madeVariables)}`,
    disposedVariables.length > 0 && `disposes ${names(disposedVariables)}`,
    kept.length > 0 && `keeps tensors (${tensors(kept)})`,
    disposed.length > 0 && `disposes tensors that it did not make (${tensors(disposed)})`,
  ].filter((part) => part !== false);
  throw new RangeError(
    `Cannot replay a jit function that ${did.join(" and ")}: what is to last is made outside or ` +
      "at the first call, kept in a tf.Variable, or returned",
  );
}

function names(variables: readonly tf.Variable[]): string {
  if (variables.length === 0) return "no variable";
  return `variable ${variables.map(({ name, id }) => `${name} (${id})`).join(", ")}`;
}

function isSameList(first: readonly unknown[], second: readonly unknown[]): boolean {
  return first.length === second.length && first.every((value, i) => value === second[i]);
}
