import { writeAtomically } from "../files/mod.ts";
import type { AblationRun } from "./ablation.ts";
import { JsonFields } from "./json_fields.ts";
import type { Provenance } from "./provenance.ts";
import { RECORD_IDS, type RecordId } from "./records.ts";

/** All that was measured of one network's variations, on one machine. */
export interface Ablation extends Omit<Provenance, "date"> {
  readonly model: RecordId;
  readonly runs: readonly AblationRun[];
}

/**
 * Reads an ablation.
 *
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {SyntaxError | TypeError | RangeError} If the file is damaged: no field may be missing,
 *   unknown, of another type or out of its range.
 */
export async function readAblation(path: string): Promise<Ablation> {
  return JsonFields.parse(await Deno.readTextFile(path), path, (fields) => ({
    model: fields.oneOf("model", RECORD_IDS),
    commit: fields.string("commit", /^[0-9a-f]{40}$/),
    versions: fields.strings("versions"),
    machine: fields.object("machine", (machine) => ({
      cpu: machine.string("cpu"),
      cores: machine.integer("cores", { min: 1 }),
      memoryGiB: machine.number("memoryGiB"),
      os: machine.string("os"),
    })),
    backend: fields.string("backend"),
    runs: fields.array("runs", (run) => ({
      variation: run.string("variation"),
      seed: run.integer("seed"),
      epochs: run.integer("epochs", { min: 1 }),
      seconds: run.number("seconds"),
      accuracy: run.object("accuracy", (accuracy) => ({
        alone: accuracy.number("alone", { max: 1 }),
        mirrored: accuracy.number("mirrored", { max: 1 }),
      })),
      history: run.array("history", (epoch) => ({
        seconds: epoch.number("seconds"),
        accuracy: epoch.number("accuracy", { max: 1 }),
      })),
    })),
  }));
}

/** Writes an ablation, in place of one that is there. */
export async function writeAblation(path: string, ablation: Ablation): Promise<void> {
  await writeAtomically(path, JSON.stringify(ablation, null, 1) + "\n");
}
