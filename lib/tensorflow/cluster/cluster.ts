import * as tf from "@tensorflow/tfjs";
import type { TensorflowBackend } from "../kernel_backend.ts";
import type { ClusterSpec } from "./cluster_spec.ts";
import { type Collective, receiving, type Reduction, reduction, sending } from "./collectives.ts";
import { Peers } from "./peers.ts";

/** All workers are in one group. */
const GROUP = 1;

/**
 * A cluster that this process has joined. All workers have to call the same methods in the same
 * order, with tensors of the same shapes: each call waits for all of them.
 *
 * If a worker is lost, that is, if it ends or is silent for longer than the heartbeat's timeout,
 * every call fails, also in the others and one that waits, and the cluster is of no more use.
 */
export class Cluster {
  /** The addresses of the workers. */
  readonly workers: readonly string[];
  /** This process's place among them. */
  readonly index: number;
  readonly #backend: TensorflowBackend;
  readonly #peers: Peers;
  readonly #keys = new Map<string, number>();

  /** `options.heartbeatTimeout` is in seconds. */
  constructor(
    spec: ClusterSpec,
    backend: TensorflowBackend,
    options: { readonly heartbeatTimeout: number },
  ) {
    this.workers = spec.workers;
    this.index = spec.index;
    this.#backend = backend;
    this.#peers = new Peers(spec, backend.binding.runtime, options);
  }

  /** How many workers there are. */
  get size(): number {
    return this.workers.length;
  }

  /** Whether this process is the first worker, which writes what is to be written. */
  get isChief(): boolean {
    return this.index === 0;
  }

  /**
   * The sum of the workers' tensors, element by element, or what `operation` names.
   *
   * @throws {Deno.errors.ConnectionAborted} If a worker is lost; the message names it.
   */
  async allReduce<R extends tf.Rank>(
    tensor: tf.Tensor<R>,
    { operation = "sum" }: { readonly operation?: Reduction } = {},
  ): Promise<tf.Tensor<R>> {
    return await this.#run(reduction(tensor, operation), tensor, describe(tensor, operation));
  }

  /**
   * {@linkcode allReduce} for functions that `jit` records: in a replay it is one operation of many.
   * Elsewhere it makes the process wait.
   *
   * @param options.name Tells reductions of tensors of one shape within a function apart.
   */
  allReduceSync(
    tensor: tf.Tensor,
    { operation = "sum", name = "" }: { operation?: Reduction; name?: string } = {},
  ): tf.Tensor {
    return tf.tidy(() => {
      const key = this.#keyOf(`recorded ${name} ${describe(tensor, operation)}`);
      const { name: operationName, attributes, inputs } = this.#call(
        reduction(tensor, operation),
        key,
      );
      const [reduced] = this.#backend.executeMultipleOutputs(operationName, attributes, inputs, 1);
      return reduced;
    });
  }

  /**
   * A worker's tensor, the chief's if not told otherwise. The others give one of the same shape and
   * element type, whose values do not matter.
   *
   * @throws {Deno.errors.ConnectionAborted} If a worker is lost; the message names it.
   */
  async broadcast<R extends tf.Rank>(
    tensor: tf.Tensor<R>,
    { from = 0 }: { readonly from?: number } = {},
  ): Promise<tf.Tensor<R>> {
    const shape = tf.tensor1d(tensor.shape, "int32");
    try {
      const collective = this.index === from ? sending(tensor) : receiving(tensor.dtype, shape);
      return await this.#run(collective, tensor, describe(tensor, `from ${from}`));
    } finally {
      shape.dispose();
    }
  }

  /** A worker's text, the chief's if not told otherwise; what the others give does not matter. */
  async broadcastText(
    text: string,
    { from = 0 }: { readonly from?: number } = {},
  ): Promise<string> {
    const bytes = new TextEncoder().encode(text);
    const [length] = await this.#broadcastNumbers([bytes.length], { from });
    const ours = this.index === from ? Array.from(bytes) : new Array<number>(length).fill(0);
    const numbers = length === 0 ? [] : await this.#broadcastNumbers(ours, { from });
    return new TextDecoder().decode(Uint8Array.from(numbers));
  }

  /**
   * Asserts that all workers have the same facts: the program's version, say, and its settings.
   *
   * @throws {RangeError} In every worker, if one differs from the chief; the message names it and
   *   what differs.
   */
  async assertAlike(facts: Readonly<Record<string, string>>): Promise<void> {
    const own = Object.entries(facts);
    let chief = new Map<unknown, unknown>();
    for (const [index, address] of this.workers.entries()) {
      const theirs = new Map(
        pairsOf(await this.broadcastText(JSON.stringify(own), { from: index })),
      );
      if (index === 0) chief = theirs;
      const differences = [...new Set([...chief.keys(), ...theirs.keys()])]
        .filter((name) => chief.get(name) !== theirs.get(name))
        .map((name) => `${name} is ${theirs.get(name)}, the chief's is ${chief.get(name)}`);
      if (differences.length === 0) continue;
      throw new RangeError(
        `Cannot work together with worker ${index} (${address}): its ${differences.join("; its ")}`,
      );
    }
  }

  /** Waits until all workers are here. */
  async barrier(): Promise<void> {
    const one = tf.scalar(1);
    const all = await this.allReduce(one);
    tf.dispose([one, all]);
  }

  /**
   * Waits for something in which the cluster takes part, such as a recorded function.
   *
   * @throws {Deno.errors.ConnectionAborted} If a worker is lost; the message names it.
   */
  async attend<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw await this.#peers.explained(error);
    }
  }

  /**
   * Asks the other workers whether they are there, and gives the places of those that do not answer
   * within so many seconds, 2 if not given. No other worker has to call it, too.
   *
   * @throws {RangeError} If `timeout` is not above 0.
   */
  async silentWorkers(options: { readonly timeout?: number } = {}): Promise<number[]> {
    return await this.#peers.silent(options);
  }

  async #broadcastNumbers(numbers: number[], options: { from: number }): Promise<number[]> {
    const tensor = tf.tensor1d(numbers, "int32");
    const sent = await this.broadcast(tensor, options);
    const values = Array.from(await sent.data());
    tf.dispose([tensor, sent]);
    return values;
  }

  /** Runs what gives a tensor like `like`. */
  async #run<R extends tf.Rank>(
    collective: Collective,
    like: tf.Tensor<R>,
    what: string,
  ): Promise<tf.Tensor<R>> {
    const { name, attributes, inputs, own } = this.#call(collective, this.#keyOf(what));
    try {
      const done = this.#backend.executeLater(name, { attributes, inputs, outputCount: 1 });
      const [result] = await this.attend(done);
      const shaped = tf.reshape<R>(result, like.shape);
      result.dispose();
      return shaped;
    } finally {
      tf.dispose(own);
    }
  }

  #call({ name, attributes, before, after = [] }: Collective, key: number) {
    const own = [this.size, GROUP, key].map((value) => tf.scalar(value, "int32"));
    return { name, attributes, inputs: [...before, ...own, ...after], own };
  }

  /** A number for each kind of call, the same in all workers as they make the same calls. */
  #keyOf(what: string): number {
    const key = this.#keys.get(what) ?? this.#keys.size + 1;
    this.#keys.set(what, key);
    return key;
  }
}

function describe({ dtype, shape }: tf.Tensor, how: string): string {
  return `${how} ${dtype} [${shape}]`;
}

function pairsOf(json: string): [unknown, unknown][] {
  const entries: unknown = JSON.parse(json);
  return Array.isArray(entries) ? entries.map(([name, value]) => [name, value]) : [];
}
