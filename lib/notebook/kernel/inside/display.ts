const METADATA = Symbol.for("Jupyter.metadata");

/** What a notebook shows of a value, by MIME type, with what the front end needs to know of it. */
export interface DisplayData extends Record<string, unknown> {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/**
 * What a notebook shows of a value: by its own `Symbol.for("Jupyter.display")`, or as Deno's kernel
 * has it. Its `Symbol.for("Jupyter.metadata")`, which Deno's kernel leaves out, holds such things
 * as a picture's size.
 *
 * @throws What the value's own method throws.
 */
export async function displayData(value: unknown): Promise<DisplayData> {
  const data = { ...await Deno.jupyter.format(value) };
  const metadata: unknown = typeof value === "object" && value !== null
    ? Reflect.get(value, METADATA)
    : undefined;
  return { data, metadata: typeof metadata === "object" ? { ...metadata } : {} };
}
