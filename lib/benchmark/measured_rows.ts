import {
  accuracyCell,
  countCell,
  intervalCell,
  lossCell,
  magnitudeCell,
  secondsCell,
} from "./cells.ts";
import type { BenchmarkRow } from "./rows.ts";

/**
 * What was measured of some rows, as text under named columns for lib/figures' `table`: a column
 * for each field, the machines last.
 */
export function measuredRows(rows: readonly BenchmarkRow[]): Record<string, string>[] {
  return rows.map((row) => ({
    row: row.id,
    runs: String(row.runs),
    "accuracy ± sd, %": accuracyCell(row),
    "95 % interval": intervalCell(row),
    loss: lossCell(row.loss),
    parameters: countCell(row.parameters),
    "FLOPs an image": magnitudeCell(row.flopsPerImage),
    "images seen": magnitudeCell(row.training?.images),
    "training, s": secondsCell(row.seconds?.training),
    "10,000 images, s": secondsCell(row.seconds?.evaluation),
    machine: row.machines.map(({ cpu, cores }) => `${cpu}, ${cores} cores`).join("; "),
  }));
}
