import { spreadCell } from "./cells.ts";
import { reachesTarget, type TrainingRecord } from "./records.ts";

/** The records as text under named columns, for lib/figures' `table`, the oldest first. */
export function recordRows(records: readonly TrainingRecord[]): Record<string, string>[] {
  return records.map((record) => {
    const { model, target, seeds, accuracy, seconds, peerSeconds, peer, machine, date } = record;
    return {
      network: model,
      "target, %": (100 * target).toFixed(2),
      seeds: String(seeds),
      "mean accuracy ± sd, %": spreadCell(accuracy),
      reached: reachesTarget(record) ? "yes" : "no",
      "seconds, median": seconds.toFixed(1),
      "peer's seconds": peerSeconds?.toFixed(1) ?? "-",
      "peer's accuracy, %": peer === undefined
        ? "-"
        : `${spreadCell(peer.accuracy)}, ${peer.seeds} seeds`,
      "share of the peer's time": peerSeconds === undefined
        ? "-"
        : (seconds / peerSeconds).toFixed(2),
      machine: `${machine.cpu}, ${machine.cores} cores`,
      day: date.slice(0, 10),
    };
  });
}
