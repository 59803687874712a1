import { type Table, table } from "../figures/mod.ts";
import { accuracyCell, intervalCell, NOTHING, publishedCell } from "./cells.ts";
import type { BenchmarkRow } from "./rows.ts";
import { ROW_IDS } from "./run_result.ts";

/**
 * Rows as a table for a notebook: what this project measured, with its 95 % interval, beside what
 * was published and by whom.
 *
 * @throws {RangeError} If there are no rows.
 */
export function comparisonTable(
  rows: readonly BenchmarkRow[],
  options: { readonly caption?: string } = {},
): Table {
  return table(
    rows.map((row) => ({
      classifier: row.classifier,
      "measured here, %": isOurs(row) ? accuracyCell(row) : NOTHING,
      "95 % interval": intervalCell(row),
      runs: row.measured ? String(row.runs) : NOTHING,
      "published, %": publishedCell(row.published),
      "published by": row.published?.source ?? NOTHING,
    })),
    options,
  );
}

const isOurs = ({ id }: BenchmarkRow): boolean => ROW_IDS.some((ours) => ours === id);
