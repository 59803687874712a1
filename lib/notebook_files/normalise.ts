import { type Cell, joined, type Notebook, type Output } from "./notebook.ts";

/**
 * A notebook without what changes from run to run: when the cells ran, in how many pieces their
 * text came, and the states of widgets that nobody saw. Its outputs stay, and so does what the
 * cells' metadata say otherwise.
 */
export function normalise({ cells, metadata, ...format }: Notebook): Notebook {
  const { widgets: _, ...kept } = metadata;
  return {
    ...format,
    cells: cells.map(normaliseCell),
    metadata: {
      ...kept,
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    },
  };
}

function normaliseCell(cell: Cell): Cell {
  const { execution: _, ...metadata } = cell.metadata;
  return cell.outputs === undefined
    ? { ...cell, metadata }
    : { ...cell, metadata, outputs: mergeStreams(cell.outputs) };
}

/** Outputs in which no two neighbours are text of the same stream. */
export function mergeStreams(outputs: readonly Output[]): Output[] {
  const merged: Output[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (
      output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name
    ) {
      merged[merged.length - 1] = { ...last, text: joined(last.text) + joined(output.text) };
    } else merged.push(output);
  }
  return merged;
}
