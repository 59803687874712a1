import type { BenchmarkRow } from "./rows.ts";

/** A row as a point of lib/figures' `accuracyChart`. */
export interface CostedRow {
  readonly name: string;
  /** What it costs. */
  readonly x: number;
  /** Test accuracy, 0..1. */
  readonly accuracy: number;
  /** The 95 % interval of one run, where it was measured here. */
  readonly interval?: readonly [low: number, high: number];
  readonly measured: boolean;
}

/**
 * The rows whose cost is known, with their accuracy: what was measured here, or else what was
 * published. Nobody but this project states operations.
 *
 * @param cost What a row costs.
 */
export function accuracyPoints(
  rows: readonly BenchmarkRow[],
  { cost }: { readonly cost: "parameters" | "flopsPerImage" },
): CostedRow[] {
  return rows.flatMap((row): CostedRow[] => {
    const { id, measured, published } = row;
    const x = row[cost] ?? (cost === "parameters" ? published?.parameters : undefined);
    if (x === undefined || x === null) return [];
    if (row.accuracy !== null) {
      const { mean, interval } = row.accuracy;
      return [{ name: id, x, accuracy: mean, interval, measured }];
    }
    if (published === null) return [];
    const name = row.classifier.split(",")[0] + (id.endsWith("-rerun") ? ", a rerun" : "");
    return [{ name, x, accuracy: published.accuracy, measured }];
  });
}
