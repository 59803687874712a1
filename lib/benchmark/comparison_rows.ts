import { accuracyCell, intervalCell, NOTHING, publishedCell } from "./cells.ts";
import type { BenchmarkRow } from "./rows.ts";
import { ROW_IDS } from "./run_result.ts";

/**
 * Rows as text under named columns, for lib/figures' `table`: what this project measured, with its
 * 95 % interval, beside what was published and by whom. A row of ours without runs says so.
 */
export function comparisonRows(rows: readonly BenchmarkRow[]): Record<string, string>[] {
  return rows.map((row) => ({
    classifier: row.classifier,
    "measured here, %": isOurs(row) ? accuracyCell(row) : NOTHING,
    "95 % interval": intervalCell(row),
    runs: row.measured ? String(row.runs) : NOTHING,
    "published, %": publishedCell(row.published),
    "published by": row.published?.source ?? NOTHING,
  }));
}

/**
 * The rows of ours for which there is a published figure, the two numbers, what they differ by, in
 * points, and whether the published one lies within our 95 % interval, as text under named columns.
 */
export function differenceRows(rows: readonly BenchmarkRow[]): Record<string, string>[] {
  return rows.filter(isOurs).flatMap(({ id, accuracy, published }) => {
    if (published === null) return [];
    const difference = accuracy === null
      ? NOTHING
      : (100 * (accuracy.mean - published.accuracy)).toFixed(2).replace("-", "−");
    return [{
      row: id,
      "published, %": publishedCell(published),
      "measured, %": accuracy === null ? "not measured" : (100 * accuracy.mean).toFixed(2),
      "difference, points": difference,
      "in our interval": accuracy === null ? NOTHING : isWithin(published.accuracy, accuracy),
      "published by": published.source,
      note: published.note ?? "",
    }];
  });
}

const isWithin = (value: number, { interval: [low, high] }: { interval: readonly number[] }) =>
  low <= value && value <= high ? "yes" : "no";

const isOurs = ({ id }: BenchmarkRow): boolean => ROW_IDS.some((ours) => ours === id);
