import { meanAndDeviation, wilsonInterval } from "../evaluation/mod.ts";
import { imagesSeen } from "../training/mod.ts";
import { CLASSIFIERS } from "./knn_recipes.ts";
import { NETWORK_CLASSIFIERS } from "./network_rows.ts";
import type { Machine } from "./provenance.ts";
import type { Published, Reference } from "./reference.ts";
import { accuracyOf, isKnnResult, ROW_IDS, type RunResult } from "./run_result.ts";

/** One row of the benchmark table. All but `published` was measured by this project. */
export interface BenchmarkRow {
  readonly id: string;
  readonly classifier: string;
  /** Whether there are runs; without, every measured field is `null`. */
  readonly measured: boolean;
  readonly runs: number;
  /**
   * Test accuracy, 0..1: the mean over the runs, their sample standard deviation (`null`
   * for one run), and the 95 % Wilson interval of one run around the mean.
   */
  readonly accuracy: {
    readonly mean: number;
    readonly sd: number | null;
    readonly interval: readonly [low: number, high: number];
  } | null;
  /** Mean test loss, in nats; `null` also for classifiers that have none. */
  readonly loss: number | null;
  readonly parameters: number | null;
  readonly flopsPerImage: number | null;
  /** By which recipe the runs were trained, and how many images each has seen for it. */
  readonly training: { readonly recipe: string; readonly images: number } | null;
  /** Mean wall-clock seconds a run. */
  readonly seconds: { readonly training: number; readonly evaluation: number } | null;
  /** The backends and machines of the runs, each once: what the seconds depend on. */
  readonly backends: readonly string[];
  readonly machines: readonly Machine[];
  readonly published: Published | null;
}

/**
 * The table's rows: first the classifiers of this project, measured or not, then the
 * published ones that it does not measure.
 *
 * @param results Measured runs, at most one for each model and seed.
 * @param references Published figures; those with a measured row's id stand beside it.
 * @param labels True classes of the test set, `[10000]`: the accuracies come from the
 *   runs' predictions and these, never from a number in a file.
 * @throws {RangeError} If a run states another accuracy than its predictions give, or the
 *   runs of one row differ in recipe or size, so that a mean of them would mean nothing.
 */
export function benchmarkRows(
  results: readonly RunResult[],
  references: readonly Reference[],
  labels: Uint8Array,
): BenchmarkRow[] {
  const ours: readonly string[] = ROW_IDS;
  return [
    ...ROW_IDS.map((id) => {
      const reference = references.find((reference) => reference.id === id);
      const row = reference === undefined ? unmeasured(id) : referenceRow(reference);
      const runs = results.filter((result) => result.model === id);
      return runs.length === 0 ? row : { ...row, ...measuredFields(runs, labels) };
    }),
    ...references.filter(({ id }) => !ours.includes(id)).map(referenceRow),
  ];
}

function measuredFields(runs: readonly RunResult[], labels: Uint8Array) {
  assertComparable(runs);
  const accuracy = meanAndDeviation(runs.map((run) => accuracyOf(run, labels)));
  const losses = runs.map((run) => run.test.loss).filter((loss) => loss !== null);
  const interval = wilsonInterval(accuracy.mean * labels.length, labels.length);
  return {
    measured: true,
    runs: runs.length,
    accuracy: { ...accuracy, interval },
    loss: losses.length === 0 ? null : meanAndDeviation(losses).mean,
    parameters: runs[0].parameters,
    flopsPerImage: runs[0].flopsPerImage,
    training: trainingOf(runs[0]),
    seconds: {
      training: meanAndDeviation(runs.map((run) => run.seconds.training)).mean,
      evaluation: meanAndDeviation(runs.map((run) => run.seconds.evaluation)).mean,
    },
    backends: [...new Set(runs.map((run) => run.backend))],
    machines: [...new Map(runs.map(({ machine }) => [JSON.stringify(machine), machine])).values()],
  };
}

function trainingOf(run: RunResult) {
  if (!isKnnResult(run)) return { recipe: run.recipe.name, images: imagesSeen(run.recipe) };
  const { name, learning } = run.recipe;
  return learning === undefined
    ? null
    : { recipe: name, images: learning.steps * learning.batchSize };
}

function assertComparable(runs: readonly RunResult[]): void {
  const [first, ...others] = runs;
  for (const field of ["recipe", "parameters", "flopsPerImage"] as const) {
    const expected = JSON.stringify(first[field]);
    for (const run of others) {
      const received = JSON.stringify(run[field]);
      if (received !== expected) {
        throw new RangeError(
          `Cannot average the runs of ${run.model}: ${field} of seed ${run.seed} is ${received}, expected ${expected} as of seed ${first.seed}`,
        );
      }
    }
  }
}

function referenceRow({ id, classifier, ...published }: Reference): BenchmarkRow {
  return { ...unmeasured(id), classifier, published };
}

function unmeasured(id: string): BenchmarkRow {
  return {
    id,
    classifier: CLASSIFIERS.get(id) ?? NETWORK_CLASSIFIERS.get(id) ?? id,
    measured: false,
    runs: 0,
    accuracy: null,
    loss: null,
    parameters: null,
    flopsPerImage: null,
    training: null,
    seconds: null,
    backends: [],
    machines: [],
    published: null,
  };
}
