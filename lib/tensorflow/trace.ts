import type { OperationAttribute } from "./attributes.ts";
import { DATA_TYPES, dataTypeName } from "./data_types.ts";

/** Where a tensor comes from: an input of the trace, a constant, an operation's output. */
export type Source =
  | { readonly input: string }
  | { readonly constant: number }
  | { readonly operation: number; readonly output: number };

/** A tensor's values, its element type (one of TensorFlow's codes) and its shape. */
export interface TensorValue {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A tensor that may differ from call to call: its name and its element type. */
export interface TracedInput {
  readonly name: string;
  readonly dtype: number;
}

/** An operation that ran. */
export interface TracedOperation {
  readonly name: string;
  readonly attributes: readonly OperationAttribute[];
  readonly inputs: readonly Source[];
  /** Whether it depends on the inputs. */
  readonly varies: boolean;
}

/**
 * What a function did when it ran: its operations in order, and how their tensors hang together.
 * Tensors are told apart by the numbers under which the binding knows them.
 */
export class Trace {
  readonly operations: TracedOperation[] = [];
  /** What does not depend on the inputs, each with the operation that used it first. */
  readonly constants: (TensorValue & { readonly usedBy: string })[] = [];
  /** The inputs that were used. */
  readonly inputs: TracedInput[] = [];
  /** What the function must not have done, if it did. */
  failure: TypeError | undefined;
  readonly #inputs: ReadonlyMap<number, TracedInput>;
  readonly #sources = new Map<number, Source>();
  readonly #valueOf: (id: number) => TensorValue;

  /**
   * @param inputs The tensors that may differ from call to call, by number.
   * @param valueOf Copies a tensor's values.
   */
  constructor(inputs: ReadonlyMap<number, TracedInput>, valueOf: (id: number) => TensorValue) {
    this.#inputs = inputs;
    this.#valueOf = valueOf;
  }

  /** Adds an operation that ran, with the numbers of its inputs and outputs. */
  add(
    { name, attributes }: Pick<TracedOperation, "name" | "attributes">,
    { inputIds, outputs }: {
      inputIds: readonly number[];
      outputs: readonly { readonly id: number; readonly dtype: number }[];
    },
  ): void {
    if (outputs.some(({ dtype }) => dtype === DATA_TYPES.resource)) {
      throw new TypeError(`Cannot record ${name}: its resource would outlive the recording`);
    }
    const inputs = inputIds.map((id) => this.#sourceOf(id, name));
    const index = this.operations.length;
    this.operations.push({
      name,
      attributes,
      inputs,
      varies: inputs.some((source) => this.#varies(source)),
    });
    outputs.forEach(({ id }, output) => this.#sources.set(id, { operation: index, output }));
  }

  /** The output of the operation that was added last. */
  latestOutput(): Source {
    return { operation: this.operations.length - 1, output: 0 };
  }

  /**
   * Asserts that the host may read a tensor: that it would find the same in each call.
   *
   * @throws {TypeError} If it depends on the inputs.
   */
  assertReadable(id: number): void {
    const which = this.#origin(id);
    if (which === undefined) return;
    this.failure ??= new TypeError(
      `Cannot read ${which} on the host (dataSync, data, print) while a jit function is recorded: ` +
        "replays would not read it again; return the tensor and read it outside",
    );
    throw this.failure;
  }

  /** What a tensor is, for messages; `undefined` if it is the same in each call. */
  #origin(id: number): string | undefined {
    const source = this.#sources.get(id);
    if (source === undefined) return this.#inputs.get(id)?.name;
    if (!this.#varies(source)) return undefined;
    if ("input" in source) return source.input;
    return "operation" in source
      ? `what ${this.operations[source.operation].name} computed`
      : undefined;
  }

  #varies(source: Source): boolean {
    return "input" in source || "operation" in source && this.operations[source.operation].varies;
  }

  #sourceOf(id: number, usedBy: string): Source {
    let source = this.#sources.get(id);
    if (source === undefined) this.#sources.set(id, source = this.#newSource(id, usedBy));
    return source;
  }

  #newSource(id: number, usedBy: string): Source {
    const input = this.#inputs.get(id);
    if (input !== undefined) {
      this.inputs.push(input);
      return { input: input.name };
    }
    const value = this.#valueOf(id);
    if (value.dtype === DATA_TYPES.string || value.dtype === DATA_TYPES.resource) {
      throw new TypeError(
        `Cannot record ${usedBy}: it takes a tensor of ${dataTypeName(value.dtype)}, which a ` +
          "recording cannot keep; call it outside of the jit function",
      );
    }
    return { constant: this.constants.push({ ...value, usedBy }) - 1 };
  }
}
