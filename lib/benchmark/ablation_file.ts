import { readTextIfThere, writeAtomically } from "../files/mod.ts";
import type { AblationRun } from "./ablation.ts";
import { JsonFields } from "./json_fields.ts";
import type { Provenance } from "./provenance.ts";
import { provenanceFields } from "./provenance_fields.ts";
import { RECORD_IDS, type RecordId } from "./records.ts";

/** All that was measured of one network's variations. */
export interface Ablation {
  readonly model: RecordId;
  readonly runs: readonly (AblationRun & Provenance)[];
}

/**
 * Reads an ablation; one without runs if there is no file.
 *
 * @throws {SyntaxError | TypeError | RangeError} If the file is damaged or another network's: no
 *   field may be missing, unknown, of another type or out of its range.
 */
export async function readAblation(path: string, model: RecordId): Promise<Ablation> {
  const text = await readTextIfThere(path);
  if (text === undefined) return { model, runs: [] };
  return JsonFields.parse(text, path, (fields) => {
    if (fields.oneOf("model", RECORD_IDS) !== model) throw fields.error("model", model);
    return { model, runs: fields.array("runs", run) };
  });
}

/** Writes an ablation, in place of one that is there. */
export async function writeAblation(path: string, ablation: Ablation): Promise<void> {
  await writeAtomically(path, JSON.stringify(ablation, null, 1) + "\n");
}

function run(fields: JsonFields): Ablation["runs"][number] {
  return {
    variation: fields.string("variation"),
    seed: fields.integer("seed"),
    epochs: fields.integer("epochs", { min: 1 }),
    seconds: fields.number("seconds"),
    accuracy: fields.object("accuracy", (accuracy) => ({
      alone: accuracy.number("alone", { max: 1 }),
      mirrored: accuracy.number("mirrored", { max: 1 }),
    })),
    history: fields.array("history", (epoch) => ({
      seconds: epoch.number("seconds"),
      accuracy: epoch.number("accuracy", { max: 1 }),
    })),
    ...provenanceFields(fields),
    backend: fields.string("backend"),
  };
}
