import { codeCells, joined, type Notebook } from "./notebook.ts";

/** The code of a notebook as one TypeScript module, and where each line of it comes from. */
export interface CellsModule {
  readonly code: string;
  /** For each line of the code, from 0: the cell's number among all cells and the line in it. */
  readonly lines: readonly { readonly cell: number; readonly line: number }[];
}

/**
 * Joins the code cells, so that they can be type-checked and linted as what they are: one program.
 * A line with a semicolon ends each cell, lest the next one goes on with its last expression.
 */
export function cellsModule(notebook: Notebook): CellsModule {
  const code: string[] = [];
  const lines: { cell: number; line: number }[] = [];
  for (const { number, cell } of codeCells(notebook)) {
    joined(cell.source).split("\n").forEach((text, i) => {
      code.push(text);
      lines.push({ cell: number, line: i + 1 });
    });
    code.push(";");
    lines.push({ cell: number, line: joined(cell.source).split("\n").length });
  }
  return { code: code.join("\n") + "\n", lines };
}

/**
 * Names cells in place of the module's lines in what `deno check` and `deno lint` print:
 * `file:///…/.03.cells.ts:12:5` becomes `03_small_cnn.ipynb, cell 4, line 2`.
 *
 * @param options.file The module's file name, as it stands at the end of the printed paths.
 */
export function nameCells(
  printed: string,
  { file, notebook, lines }: {
    readonly file: string;
    readonly notebook: string;
    readonly lines: CellsModule["lines"];
  },
): string {
  const name = file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return printed.replace(new RegExp(`[^\\s]*${name}:(\\d+):(\\d+)`, "g"), (_, line) => {
    const place = lines[Number(line) - 1];
    return place === undefined ? notebook : `${notebook}, cell ${place.cell}, line ${place.line}`;
  });
}
