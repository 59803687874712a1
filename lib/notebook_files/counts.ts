import { codeCells, type Notebook } from "./notebook.ts";

/** The first code cell whose execution count is not its place among the code cells. */
export function countFaults(notebook: Notebook): string[] {
  const place = codeCells(notebook).findIndex(({ cell }, i) => cell.execution_count !== i + 1);
  if (place === -1) return [];
  const { number, cell } = codeCells(notebook)[place];
  return [
    `cell ${number}: its execution count is ${cell.execution_count}, expected ${place + 1} of ` +
    "a clean run from top to bottom",
  ];
}
