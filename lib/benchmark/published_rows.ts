import { magnitudeCell, publishedCell } from "./cells.ts";
import type { BenchmarkRow } from "./rows.ts";

/**
 * What others published, as text under named columns for lib/figures' `table`: accuracy, parameters
 * where they are stated, who says so, and what one should know before comparing it.
 */
export function publishedRows(rows: readonly BenchmarkRow[]): Record<string, string>[] {
  return rows.flatMap(({ classifier, published }) =>
    published === null ? [] : [{
      classifier,
      "published, %": publishedCell(published),
      parameters: magnitudeCell(published.parameters),
      "published by": published.source,
      note: published.note ?? "",
    }]
  );
}
