import { setTimeout as delay } from "node:timers/promises";
import type { EagerContext } from "../eager_context.ts";
import type { ClusterSpec } from "./cluster_spec.ts";
import { lostWorker, tellsOfLoss } from "./lost_worker.ts";
import { taskName } from "./messages.ts";

/** Under what the cluster is told which worker is lost. */
const LOST = "lost worker";

/** The other workers of a cluster: whether they are there, and which is lost if one is not. */
export class Peers {
  readonly #spec: ClusterSpec;
  readonly #runtime: EagerContext;
  readonly #heartbeatTimeout: number;

  /** `heartbeatTimeout` is in seconds. */
  constructor(
    spec: ClusterSpec,
    runtime: EagerContext,
    { heartbeatTimeout }: { readonly heartbeatTimeout: number },
  ) {
    this.#spec = spec;
    this.#runtime = runtime;
    this.#heartbeatTimeout = heartbeatTimeout;
  }

  /**
   * The places of those that do not answer within so many seconds.
   *
   * @throws {RangeError} If `timeout` is not above 0.
   */
  async silent({ timeout = 2 }: { readonly timeout?: number } = {}): Promise<number[]> {
    if (!(timeout > 0 && timeout < 1e6)) {
      throw new RangeError(`Cannot ask the workers: timeout is ${timeout}, must be above 0 s`);
    }
    const { workers, index } = this.#spec;
    const others = [...workers.keys()].filter((other) => other !== index);
    const answers = await Promise.all(others.map(async (other) => {
      try {
        await this.#runtime.checkPeer(taskName(other), { timeout: 1000 * timeout });
        return true;
      } catch {
        return false;
      }
    }));
    return others.filter((_, i) => !answers[i]);
  }

  /** What an error of TensorFlow's means for the cluster. */
  async explained(error: unknown): Promise<unknown> {
    const words = error instanceof Error ? error.message : "";
    if (!tellsOfLoss(words)) return error;
    const lost = await this.#agreed(lostWorker(words));
    const who = lost === undefined ? "a worker" : `worker ${lost} (${this.#spec.workers[lost]})`;
    return new Deno.errors.ConnectionAborted(
      `Cannot go on: ${who} has ended or been silent for ${this.#heartbeatTimeout} s`,
    );
  }

  /**
   * Who is lost, by whom it was noticed first: a worker that stops for that reason is lost to the
   * others in turn.
   */
  async #agreed(suspect: number | undefined): Promise<number | undefined> {
    // It is the chief who would know.
    if (suspect === 0) return suspect;
    const known = await withinSecond(this.#runtime.getValue(LOST, { timeout: 200 }));
    if (known !== undefined) return Number(known);
    const lost = suspect ?? (await this.silent())[0];
    if (lost !== undefined) await withinSecond(this.#runtime.insertValue(LOST, String(lost)));
    return lost;
  }
}

/** What is known within a second; nothing if it fails: whoever is asked may be lost, too. */
async function withinSecond<T>(answer: Promise<T>): Promise<T | undefined> {
  const stop = new AbortController();
  try {
    return await Promise.race([answer, delay(1000, undefined, { signal: stop.signal })]);
  } catch {
    return undefined;
  } finally {
    stop.abort();
  }
}
