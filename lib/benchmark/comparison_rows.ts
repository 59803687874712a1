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
 * The rows of ours for which there is a published figure, the two numbers and what they differ by,
 * in points and in standard deviations between our seeds, as text under named columns. All were
 * measured on the same images, so that the 95 % interval is no measure of such a difference.
 */
export function differenceRows(rows: readonly BenchmarkRow[]): Record<string, string>[] {
  return rows.filter(isOurs).flatMap(({ id, accuracy, published }) => {
    if (published === null) return [];
    const difference = accuracy === null ? null : accuracy.mean - published.accuracy;
    const deviations = difference === null || !accuracy?.sd ? null : difference / accuracy.sd;
    return [{
      row: id,
      "published, %": publishedCell(published),
      "measured, %": accuracy === null ? "not measured" : (100 * accuracy.mean).toFixed(2),
      "difference, points": difference === null ? NOTHING : signed(100 * difference, 2),
      "in deviations of our seeds": deviations === null ? NOTHING : signed(deviations, 1),
      "published by": published.source,
      note: published.note ?? "",
    }];
  });
}

const signed = (value: number, digits: number): string => value.toFixed(digits).replace("-", "−");

const isOurs = ({ id }: BenchmarkRow): boolean => ROW_IDS.some((ours) => ours === id);
