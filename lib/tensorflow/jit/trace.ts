import type { OperationAttribute } from "../attributes.ts";
import type { BindingObserver, TensorflowBinding } from "../binding.ts";
import type { TensorMetadata } from "../binding_constants.ts";
import * as tf from "@tensorflow/tfjs";
import { DATA_TYPES, dataTypeName } from "../data_types.ts";
import { kernelOnHost } from "../host_kernels.ts";

/** What may differ from call to call: an argument, by its position, or a variable. */
export type Input = number | tf.Variable;

/** Where a tensor comes from: an input, a constant, an operation's output. */
export type Source =
  | { readonly input: Input }
  | { readonly constant: number }
  | { readonly operation: number; readonly output: number };

/** An input, and what it is called in messages. */
export interface TracedInput {
  readonly input: Input;
  readonly name: string;
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** A tensor that no input has a part in. */
export interface Constant {
  /** The number under which the binding knows it, if it is still there. */
  readonly id: number;
  /** Another number for its values, which is the trace's. */
  readonly shared: number;
  readonly dtype: number;
  readonly shape: readonly number[];
  /** The operation that used it first. */
  readonly usedBy: string;
}

/** An operation that ran. */
export interface TracedOperation {
  readonly name: string;
  readonly attributes: readonly OperationAttribute[];
  readonly inputs: readonly Source[];
  readonly outputShapes: readonly (readonly number[])[];
  /** Whether it depends on the inputs. */
  readonly varies: boolean;
}

/** Errors of readings that were refused. */
const refusals = new WeakSet<Error>();

let listening = false;

/**
 * What a function did when it ran: its operations in order, and how their tensors hang together.
 * Tensors are told apart by the numbers under which the binding knows them.
 */
export class Trace implements BindingObserver {
  readonly operations: TracedOperation[] = [];
  readonly constants: Constant[] = [];
  /** The inputs that were used. */
  readonly inputs: TracedInput[] = [];
  /** What the function must not have done, if it did. */
  failure: TypeError | undefined;
  readonly #binding: TensorflowBinding;
  readonly #inputs: ReadonlyMap<number, TracedInput>;
  readonly #originals: ReadonlyMap<number, string>;
  readonly #sources = new Map<number, Source>();

  /**
   * @param inputs The tensors that may differ from call to call, by number.
   * @param originals The arguments that they are copies of, by number, and how they are called.
   */
  constructor(
    binding: TensorflowBinding,
    inputs: ReadonlyMap<number, TracedInput>,
    originals: ReadonlyMap<number, string>,
  ) {
    this.#binding = binding;
    this.#inputs = inputs;
    this.#originals = originals;
  }

  ran(
    { name, attributes }: Pick<TracedOperation, "name" | "attributes">,
    { inputIds, outputs }: { inputIds: readonly number[]; outputs: readonly TensorMetadata[] },
  ): void {
    if (outputs.some(({ dtype }) => dtype === DATA_TYPES.resource)) {
      this.refuse(`Cannot record ${name}: its resource would outlive the recording`);
    }
    const inputs = inputIds.map((id) => this.#sourceOf(id, name));
    const index = this.operations.length;
    this.operations.push({
      name,
      // A kernel may hand over a list of the caller's, who may change it.
      attributes: structuredClone(attributes),
      inputs,
      outputShapes: outputs.map(({ shape }) => shape),
      varies: inputs.some((source) => this.#varies(source)),
    });
    outputs.forEach(({ id }, output) => this.#sources.set(id, { operation: index, output }));
  }

  /**
   * Lets the host read what it would find the same in each call.
   *
   * @throws {TypeError} If the tensor depends on the inputs.
   */
  reads(id: number): void {
    const which = this.#origin(id);
    if (which === undefined) return;
    const kernel = kernelOnHost();
    this.refuse(
      kernel === undefined
        ? `Cannot read ${which} on the host (dataSync, data, print) while a jit function is ` +
          "recorded: replays would not read it again; return the tensor and read it outside"
        : `Cannot record ${kernel} of ${which}: for what it is given here it is computed on the ` +
          "host, where replays would not go; give it another element type or other options, or " +
          "call it outside",
    );
  }

  /** The output of the operation that ran last. */
  latestOutput(): Source {
    return { operation: this.operations.length - 1, output: 0 };
  }

  /** Ends the recording, also where the function itself catches the error. */
  refuse(message: string): never {
    this.failure ??= new TypeError(message);
    refusals.add(this.failure);
    hearRefusals();
    throw this.failure;
  }

  /** Releases the constants. */
  dispose(): void {
    for (const { shared } of this.constants.splice(0)) this.#binding.deleteTensor(shared);
  }

  /** What a tensor is, for messages; `undefined` if it is the same in each call. */
  #origin(id: number): string | undefined {
    const source = this.#sources.get(id);
    if (source === undefined || "input" in source) return this.#inputs.get(id)?.name;
    if (!this.#varies(source) || "constant" in source) return undefined;
    return `what ${this.operations[source.operation].name} computed`;
  }

  #varies(source: Source): boolean {
    return "input" in source || "operation" in source && this.operations[source.operation].varies;
  }

  #sourceOf(id: number, usedBy: string): Source {
    const original = this.#originals.get(id);
    if (original !== undefined && tf.engine().state.gradientDepth > 0) {
      this.refuse(
        `Cannot record ${usedBy} within a gradient: it takes ${original} from outside of the jit ` +
          "function, too, and a gradient by the argument would miss that; pass a clone",
      );
    }
    let source = this.#sources.get(id);
    if (source === undefined) this.#sources.set(id, source = this.#newSource(id, usedBy));
    return source;
  }

  #newSource(id: number, usedBy: string): Source {
    const input = this.#inputs.get(id);
    if (input !== undefined) {
      this.inputs.push(input);
      return { input: input.input };
    }
    const { dtype, shape } = this.#binding.describe(id);
    if (dtype === DATA_TYPES.string || dtype === DATA_TYPES.resource) {
      this.refuse(
        `Cannot record ${usedBy}: it takes a tensor of ${dataTypeName(dtype)}, which a ` +
          "recording cannot keep; call it outside of the jit function",
      );
    }
    const shared = this.#binding.share(id);
    return { constant: this.constants.push({ id, shared, dtype, shape, usedBy }) - 1 };
  }
}

/**
 * Keeps a refused `await tensor.data()` from ending the process: the caller of the jit function
 * gets the error, and for the function's own promise nobody is there to catch it.
 */
function hearRefusals(): void {
  if (listening) return;
  listening = true;
  addEventListener("unhandledrejection", (event) => {
    if (event.reason instanceof Error && refusals.has(event.reason)) event.preventDefault();
  });
}
