import { codeCells, joined, type Notebook, type Output } from "./notebook.ts";
import { mergeStreams } from "./normalise.ts";

/**
 * The kinds of a cell's outputs in order, such as `stdout` or
 * `execute_result image/png image/svg+xml text/plain`: what stays the same from run to run.
 */
export function outputKinds(outputs: readonly Output[]): string[] {
  return mergeStreams(outputs).map(({ output_type, name, data = {} }) =>
    output_type === "stream"
      ? name ?? output_type
      : [output_type, ...Object.keys(data).sort()].join(" ")
  );
}

/** The errors among a notebook's outputs, and what its cells say of errors that nobody awaited. */
export function outputErrors(notebook: Notebook): string[] {
  return codeCells(notebook).flatMap(({ number, cell: { outputs = [] } }) =>
    outputs.flatMap(({ output_type, name, text, ename, evalue }) => {
      if (output_type === "error") return [`cell ${number}: ${ename}: ${evalue}`];
      const lines = name === "stderr" ? joined(text).split("\n") : [];
      return lines.filter((line) => /^Uncaught/.test(line))
        .map((line) => `cell ${number}: ${line}`);
    })
  );
}

/** Where a run's outputs are of other kinds than the committed ones. */
export function differingKinds(committed: Notebook, run: Notebook): string[] {
  const runs = codeCells(run);
  return codeCells(committed).flatMap(({ number, cell }, i) => {
    const expected = outputKinds(cell.outputs ?? []).join(", ") || "nothing";
    const received = outputKinds(runs[i]?.cell.outputs ?? []).join(", ") || "nothing";
    return expected === received
      ? []
      : [`cell ${number}: its run gives ${received}, committed is ${expected}`];
  });
}
