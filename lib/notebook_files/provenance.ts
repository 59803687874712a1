import { encodeHex } from "@std/encoding";
import { joined, type Notebook } from "./notebook.ts";

/** What committed outputs came from; kept in the notebook's metadata. */
export interface NotebookProvenance {
  /** SHA-256 of all cells' types and sources. */
  readonly cells: string;
  /** SHA-256 of each file of `data` that the run read, by its path in the checkout. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** The key of a notebook's metadata. */
const KEY = "fashion_mnist";

/** Hashes what a reader sees of a notebook's cells before they run. */
export function hashCells({ cells }: Notebook): Promise<string> {
  const sources = cells.map(({ cell_type, source }) => [cell_type, joined(source)]);
  return sha256(new TextEncoder().encode(JSON.stringify(sources)));
}

/** SHA-256, 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeHex(await crypto.subtle.digest("SHA-256", bytes));
}

/** A notebook that says what its outputs came from. */
export function withProvenance(notebook: Notebook, provenance: NotebookProvenance): Notebook {
  return { ...notebook, metadata: { ...notebook.metadata, [KEY]: provenance } };
}

/** What a notebook says its outputs came from, if it does. */
export function provenanceOf({ metadata }: Notebook): NotebookProvenance | undefined {
  const value: unknown = metadata[KEY];
  return isProvenance(value) ? value : undefined;
}

/**
 * Why the committed outputs of a notebook are stale: its cells or what the run read have changed.
 *
 * @param hashFile Gives the SHA-256 of a file of the checkout, or `undefined` if it is gone.
 * @param options.read What a run of today reads; a file that was not there before is a change too.
 */
export async function staleness(
  notebook: Notebook,
  hashFile: (path: string) => Promise<string | undefined>,
  { read = [] }: { readonly read?: readonly string[] } = {},
): Promise<string[]> {
  const provenance = provenanceOf(notebook);
  if (provenance === undefined) return ["it was never run: its metadata names no hashes"];
  const reasons: string[] = [];
  if (provenance.cells !== await hashCells(notebook)) {
    reasons.push("its outputs are stale: a cell was changed after the run");
  }
  for (const [path, expected] of Object.entries(provenance.inputs)) {
    const received = await hashFile(path);
    if (received === expected) continue;
    const change = received === undefined ? "is gone" : "was changed";
    reasons.push(`its outputs are stale: ${path} ${change} after the run`);
  }
  for (const path of read) {
    if (path in provenance.inputs) continue;
    reasons.push(`its outputs are stale: ${path} was not read in the run`);
  }
  return reasons;
}

function isProvenance(value: unknown): value is NotebookProvenance {
  return typeof value === "object" && value !== null && "cells" in value && "inputs" in value &&
    typeof value.cells === "string" && typeof value.inputs === "object" && value.inputs !== null &&
    Object.values(value.inputs).every((hash) => typeof hash === "string");
}
