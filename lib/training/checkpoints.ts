import * as tf from "@tensorflow/tfjs";
import type { BestWeights } from "./best_weights.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint_file.ts";
import { latestCheckpoint, writeCheckpoint } from "./checkpoint_folder.ts";
import type { EpochMetrics } from "./observer.ts";
import type { Sums } from "./running_means.ts";
import { assignState } from "./training_state.ts";

/** Where and when {@linkcode fit} writes checkpoints. */
export interface CheckpointOptions {
  /** Gets `checkpoint-N.bin`, N being the number of steps; the last two are kept. */
  readonly directory: string;
  /**
   * How many minutes pass between two of them.
   *
   * @default {5}
   */
  readonly minutes?: number;
  /**
   * Goes on from the last checkpoint in the folder, or starts where there is none. Without it, it
   * is an error if there is one.
   *
   * @default {false}
   */
  readonly resume?: boolean;
  /** What the run is, by names: a checkpoint of another one is refused. */
  readonly identity: Readonly<Record<string, string>>;
}

/** How far a run is. */
export interface Position {
  /** The running epoch, from 1, and how many of its steps are done. */
  epoch: number;
  step: number;
  /** Steps that are done in all. */
  steps: number;
  /** The running epoch's sums so far. */
  sums: Sums;
  /** Seconds of training so far, in the running epoch and in all. */
  epochSeconds: number;
  seconds: number;
  history: EpochMetrics[];
}

interface Facts extends Position {
  readonly identity: Readonly<Record<string, string>>;
  readonly best: { readonly epoch: number; readonly score: number } | null;
}

/** Writes a run's checkpoints and reads them back. */
export class Checkpoints {
  readonly #options: CheckpointOptions;
  readonly #variables: ReadonlyMap<string, tf.Variable>;
  readonly #best: BestWeights;
  #written = performance.now();

  constructor(
    variables: ReadonlyMap<string, tf.Variable>,
    best: BestWeights,
    options: CheckpointOptions,
  ) {
    this.#variables = variables;
    this.#best = best;
    this.#options = options;
  }

  /**
   * Brings back the state of the last checkpoint, if the run is to go on, and tells its position.
   *
   * @throws {Deno.errors.AlreadyExists} If there is one and the run is not to go on.
   * @throws {RangeError} If it is damaged, or of another run: the message names what differs.
   */
  async restore(): Promise<Position | undefined> {
    const { directory, resume = false, identity } = this.#options;
    const path = await latestCheckpoint(directory);
    if (path === undefined) return undefined;
    if (!resume) {
      throw new Deno.errors.AlreadyExists(
        `Cannot train into ${directory}: it holds ${path}, of a run that can be resumed`,
      );
    }
    const { tensors, facts } = await decodeCheckpoint(await Deno.readFile(path), path);
    try {
      if (!isFacts(facts)) throw new RangeError(`Cannot resume from ${path}: it is another format`);
      assertSameRun(facts.identity, identity, path);
      const [best, state] = partition(tensors, "best/");
      assignState(this.#variables, state, { action: `resume from ${path}` });
      if (facts.best !== null) this.#best.remember(Object.values(best), facts.best);
      return facts;
    } finally {
      tf.dispose(tensors);
    }
  }

  /** Whether it is time for the next. */
  get due(): boolean {
    const { minutes = 5 } = this.#options;
    return performance.now() - this.#written >= 60_000 * minutes;
  }

  /** Writes one. */
  async write(position: Position): Promise<void> {
    const { directory, identity } = this.#options;
    const best = this.#best.weights.map((weight, i) => [`best/${i}`, weight]);
    const tensors = Object.fromEntries([...this.#variables, ...best]);
    const { epoch, score } = this.#best;
    const facts: Facts = { ...position, identity, best: epoch === 0 ? null : { epoch, score } };
    await writeCheckpoint(directory, await encodeCheckpoint({ tensors, facts }), position);
    this.#written = performance.now();
  }
}

/** The checksum has shown that we wrote it: what is to be found out is whether in this form. */
function isFacts(facts: unknown): facts is Facts {
  return typeof facts === "object" && facts !== null && "identity" in facts && "sums" in facts;
}

function assertSameRun(
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
  path: string,
): void {
  const differences = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((name) => theirs[name] !== ours[name])
    .map((name) =>
      `${name} is ${theirs[name] ?? "not there"}, this run has ${ours[name] ?? "none"}`
    );
  if (differences.length > 0) {
    throw new RangeError(`Cannot resume from ${path}: its ${differences.join("; its ")}`);
  }
}

function partition(
  tensors: tf.NamedTensorMap,
  prefix: string,
): [tf.NamedTensorMap, tf.NamedTensorMap] {
  const entries = Object.entries(tensors);
  const pick = (wanted: boolean) =>
    Object.fromEntries(entries.filter(([name]) => name.startsWith(prefix) === wanted));
  return [pick(true), pick(false)];
}
