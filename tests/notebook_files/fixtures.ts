import type { Cell, Notebook, Output } from "../../lib/notebook_files/mod.ts";

/** A notebook of these cells. */
export function notebookOf(...cells: Cell[]): Notebook {
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

/** A code cell that has run as the `count`-th. */
export function code(source: string | string[], count: number | null, ...outputs: Output[]): Cell {
  return { cell_type: "code", id: "c", metadata: {}, source, execution_count: count, outputs };
}

/** A cell of prose. */
export function prose(source: string): Cell {
  return { cell_type: "markdown", id: "p", metadata: {}, source };
}

/** Text of a stream. */
export const stream = (name: string, text: string): Output => ({
  output_type: "stream",
  name,
  text,
});

/** A cell's value in these formats. */
export const result = (...types: string[]): Output => ({
  output_type: "execute_result",
  data: Object.fromEntries(types.map((type) => [type, "…"])),
});
