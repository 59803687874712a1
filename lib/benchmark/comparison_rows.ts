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

const isOurs = ({ id }: BenchmarkRow): boolean => ROW_IDS.some((ours) => ours === id);
