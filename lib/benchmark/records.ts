import { readTextIfThere, writeAtomically } from "../files/mod.ts";
import { JsonFields } from "./json_fields.ts";
import type { Provenance } from "./provenance.ts";
import { provenanceFields } from "./provenance_fields.ts";

/** The networks that there are records of, each with what its runs have to reach. */
export const RECORD_GOALS = {
  "small-cnn": { target: 0.9224, seeds: 10, recipe: "fast" },
  "compact": { target: 0.947, seeds: 3, recipe: "fast" },
} as const;

/** The id of one of them. */
export type RecordId = keyof typeof RECORD_GOALS;

/** The ids of {@linkcode RECORD_GOALS}. */
export const RECORD_IDS = ["small-cnn", "compact"] as const satisfies readonly RecordId[];

/**
 * Test accuracy, 0..1: the mean over the seeds and their sample standard deviation; `null` for one
 * seed.
 */
export interface Spread {
  readonly mean: number;
  readonly sd: number | null;
}

/** The runs of one attempt at a record, by the rules of data/results/RECORDS.md. */
export interface TrainingRecord extends Omit<Provenance, "backend"> {
  readonly model: RecordId;
  /** The test accuracy that the mean has to reach, 0..1. */
  readonly target: number;
  /** How many seeds were trained, 0 and up. */
  readonly seeds: number;
  readonly accuracy: Spread;
  /** Seconds from the files to the trained weights, the median over the seeds. */
  readonly seconds: number;
  /** The same of the peer, where one ran beside it. */
  readonly peerSeconds?: number;
  readonly peer?: {
    /** What it was and what it did. */
    readonly who: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly seeds: number;
    readonly accuracy: Spread;
  };
}

/**
 * Reads the records of a file, oldest first; none if there is no file.
 *
 * @throws {SyntaxError | TypeError | RangeError} If the file is damaged: no field may be missing,
 *   unknown, of another type or out of its range.
 */
export async function readRecords(path: string): Promise<TrainingRecord[]> {
  const text = await readTextIfThere(path);
  if (text === undefined) return [];
  return JsonFields.parse(`{"records":${text}}`, path, (file) => file.array("records", record));
}

/** Adds a record to a file's, which is made if there is none. */
export async function appendRecord(path: string, record: TrainingRecord): Promise<void> {
  const records = [...await readRecords(path), record];
  await writeAtomically(path, JSON.stringify(records, null, 2) + "\n");
}

/** Whether the mean accuracy of a record's seeds reaches its target. */
export function reachesTarget({ accuracy, target }: TrainingRecord): boolean {
  return accuracy.mean >= target;
}

function record(fields: JsonFields): TrainingRecord {
  return {
    model: fields.oneOf("model", RECORD_IDS),
    target: fields.number("target", { max: 1 }),
    seeds: fields.integer("seeds", { min: 2 }),
    accuracy: fields.object("accuracy", spread),
    seconds: fields.number("seconds"),
    ...fields.has("peerSeconds") && { peerSeconds: fields.number("peerSeconds") },
    ...fields.has("peer") && {
      peer: fields.object("peer", (peer) => ({
        who: peer.string("who"),
        versions: peer.strings("versions"),
        seeds: peer.integer("seeds", { min: 1 }),
        accuracy: peer.object("accuracy", spread),
      })),
    },
    ...provenanceFields(fields),
  };
}

function spread(fields: JsonFields): Spread {
  return { mean: fields.number("mean", { max: 1 }), sd: fields.numberOrNull("sd", { max: 1 }) };
}
