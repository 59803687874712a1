import { meanAndDeviation } from "../evaluation/mod.ts";
import type { Ablation } from "./ablation_file.ts";
import { secondsCell, spreadCell } from "./cells.ts";

/** The recipe with which all variations are compared. */
const BASE = "fast";

/** Which validation accuracy of a run counts: the image's alone, or with its mirror image. */
export type AblationView = "alone" | "mirrored";

/**
 * What each variation of a recipe has reached on the validation images, as text under named
 * columns, in the order in which they were measured first. The difference from the recipe is the
 * mean over the seeds that both have, and its deviation that of these differences: with one seed
 * both had the same initial weights, order and validation part.
 */
export function ablationRows(
  { runs }: Ablation,
  { view }: { readonly view: AblationView },
): Record<string, string>[] {
  const base = new Map(
    runs.filter(({ variation }) => variation === BASE).map((run) => [run.seed, run]),
  );
  const names = new Set(runs.map(({ variation }) => variation));
  return [...names].map((name) => {
    const own = runs.filter(({ variation }) => variation === name);
    const spread = meanAndDeviation(own.map(({ accuracy }) => accuracy[view]));
    const differences = own.flatMap(({ seed, accuracy }) => {
      const same = base.get(seed);
      return same === undefined ? [] : [accuracy[view] - same.accuracy[view]];
    });
    const seconds = meanAndDeviation(own.map(({ seconds }) => seconds)).mean;
    return {
      variation: name,
      seeds: String(own.length),
      epochs: [...new Set(own.map(({ epochs }) => epochs))].join(", "),
      "validation accuracy ± sd, %": spreadCell(spread),
      "difference, points": name === BASE || differences.length === 0
        ? ""
        : signed(meanAndDeviation(differences)),
      "training, s": secondsCell(seconds),
    };
  });
}

/**
 * The validation accuracy of a variation over the seconds of training, in percent, as points for
 * lib/figures' `lineChart`: the means over its seeds after each epoch.
 */
export function secondsPoints({ runs }: Ablation, name: string): { x: number; y: number }[] {
  const own = runs.filter(({ variation }) => variation === name);
  const epochs = Math.min(...own.map(({ history }) => history.length));
  return Array.from({ length: own.length === 0 ? 0 : epochs }, (_, i) => ({
    x: meanAndDeviation(own.map(({ history }) => history[i].seconds)).mean,
    y: 100 * meanAndDeviation(own.map(({ history }) => history[i].accuracy)).mean,
  }));
}

function signed({ mean, sd }: { mean: number; sd: number | null }): string {
  return (mean < 0 ? "−" : "+") + spreadCell({ mean: Math.abs(mean), sd });
}
