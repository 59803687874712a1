import type { JsonFields } from "./json_fields.ts";
import { type Machine, type Provenance, UNKNOWN_COMMIT } from "./provenance.ts";

const ANY_COMMIT = new RegExp(`^([0-9a-f]{40}(-dirty)?|${UNKNOWN_COMMIT})$`);

/**
 * What a file says of where and with what it was measured, the backend's name apart.
 *
 * @param options.mayBeAny Whether the code may be in no commit, or in one that nobody knows.
 */
export function provenanceFields(
  fields: JsonFields,
  { mayBeAny = false }: { readonly mayBeAny?: boolean } = {},
): Omit<Provenance, "backend"> {
  return {
    commit: fields.string("commit", mayBeAny ? ANY_COMMIT : /^[0-9a-f]{40}$/),
    date: date(fields),
    versions: versions(fields),
    machine: fields.object("machine", machine),
  };
}

function date(fields: JsonFields): string {
  const text = fields.string("date", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
  if (Number.isNaN(Date.parse(text))) throw fields.error("date", "a date and time");
  return text;
}

function versions(fields: JsonFields): Record<string, string> {
  const versions = fields.strings("versions");
  if (!("deno" in versions && "tfjs" in versions)) {
    throw fields.error("versions", "those of deno and tfjs at least");
  }
  return versions;
}

function machine(fields: JsonFields): Machine {
  return {
    cpu: fields.string("cpu"),
    cores: fields.integer("cores", { min: 1 }),
    memoryGiB: fields.number("memoryGiB"),
    os: fields.string("os"),
  };
}
