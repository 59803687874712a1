import { isDeepStrictEqual } from "node:util";
import * as tf from "@tensorflow/tfjs";
import type { OperationAttribute } from "../attributes.ts";
import type { TensorflowBackend } from "../kernel_backend.ts";
import { setIterations } from "./effects.ts";
import type { Touched } from "./flights.ts";
import { type Leaf, mapTensors } from "./tensor_tree.ts";
import type { Input } from "./trace.ts";
import { defineFunction } from "./trace_function.ts";
import { disposeArguments, type TracedCall } from "./traced_call.ts";

/** A call that was recorded, as one function of TensorFlow's that does the same. */
export class Replay<Result> {
  /** What was recorded. */
  readonly call: TracedCall<Result>;
  /** The variables that it reads or assigns. */
  readonly touched: Exclude<Touched, undefined>;
  readonly #backend: TensorflowBackend;
  readonly #called: OperationAttribute;
  readonly #name: string;
  readonly #inputs: readonly Input[];
  /** The constants that were there before the call and after it, by their numbers. */
  readonly #captured: readonly number[];
  /** TensorFlow.js's own optimizers, whose settings are constants of the recording. */
  readonly #optimizers: ReadonlyMap<tf.Optimizer, tf.serialization.ConfigDict>;
  #underWay = 0;
  #released = false;

  /**
   * @param called The attribute by which the function is called.
   * @throws {TypeError|RangeError} If there can be no such function; see {@linkcode defineFunction}.
   */
  constructor(
    backend: TensorflowBackend,
    call: TracedCall<Result>,
    { called }: { called: OperationAttribute },
  ) {
    const { binding } = backend;
    this.call = call;
    this.#backend = backend;
    this.#called = called;
    const { name, inputs } = defineFunction(binding, call.trace, call.outputs);
    this.#name = name;
    this.#inputs = inputs;
    this.touched = {
      reads: inputs.filter((input) => typeof input !== "number"),
      assigns: call.assigned,
    };
    this.#captured = call.trace.constants.map(({ id }) => id).filter((id) => binding.has(id));
    this.#optimizers = new Map(
      [...call.effects.steps.keys()].map((optimizer) => [optimizer, optimizer.getConfig()]),
    );
  }

  /** Whether all that was recorded is still there and as it was. */
  get isCurrent(): boolean {
    const { reads, assigns } = this.touched;
    return this.#captured.every((id) => this.#backend.binding.has(id)) &&
      [reads, assigns].every((list) => list.every(({ isDisposed }) => !isDisposed)) &&
      [...this.#optimizers].every(([optimizer, config]) =>
        isDeepStrictEqual(optimizer.getConfig(), config)
      );
  }

  /** @param leaves The tensors among the arguments. */
  run(leaves: readonly Leaf[]): Result {
    const values = this.#backend.executeMultipleOutputs(
      this.#name,
      [this.#called],
      this.#operands(leaves),
      this.call.outputs.length,
    );
    return this.#finish(values, leaves);
  }

  /**
   * The same, while the event loop goes on.
   *
   * @throws {RangeError} If a variable that it assigns is assigned meanwhile.
   */
  async runLater(leaves: readonly Leaf[]): Promise<Result> {
    const { assigned, outputs } = this.call;
    const before = assigned.map(({ dataId }) => dataId);
    this.#underWay++;
    try {
      const values = await this.#backend.executeLater(this.#name, {
        attributes: [this.#called],
        inputs: this.#operands(leaves),
        outputCount: outputs.length,
      });
      const changed = assigned.find(({ dataId }, i) => dataId !== before[i]);
      if (changed === undefined) return this.#finish(values, leaves);
      tf.dispose(values);
      throw new RangeError(
        `Cannot finish a call of later(): variable ${changed.name} was given a value meanwhile, ` +
          "which the call's own would replace",
      );
    } finally {
      this.#underWay--;
      if (this.#released) this.release();
    }
  }

  /** Releases the function, as soon as no call is under way. */
  release(): void {
    this.#released = true;
    if (this.#underWay > 0) return;
    this.#backend.binding.removeFunction(this.#name);
    this.call.trace.dispose();
  }

  #operands(leaves: readonly Leaf[]): tf.Tensor[] {
    return this.#inputs.map((input) => typeof input === "number" ? leaves[input].tensor : input);
  }

  /** Does what the call does beside its operations, only when the whole of it has succeeded. */
  #finish(values: tf.Tensor[], leaves: readonly Leaf[]): Result {
    const { assigned, outputs, structure, effects } = this.call;
    values.splice(outputs.length - assigned.length).forEach((value, i) => {
      assigned[i].assign(value);
      value.dispose();
    });
    disposeArguments(this.call, leaves);
    for (const [optimizer, steps] of effects.steps) {
      setIterations(optimizer, optimizer.iterations + steps);
    }
    let next = 0;
    return mapTensors(structure, () => values[next++]);
  }
}
