import type { BenchmarkRow } from "./rows.ts";
import { type Table, tables } from "./tables.ts";

const TEXT_WIDTH = 120;

/** The rows as aligned plain text of at most 120 columns with a legend; no final newline. */
export function formatText(rows: readonly BenchmarkRow[]): string {
  return tables(rows).map(textTable).join("\n\n");
}

/** The rows as Markdown tables, each with its legend as a list; no final newline. */
export function formatMarkdown(rows: readonly BenchmarkRow[]): string {
  return tables(rows).map(markdownTable).join("\n\n");
}

/** The rows as a JSON array, one object a {@linkcode BenchmarkRow}; no final newline. */
export function formatJson(rows: readonly BenchmarkRow[]): string {
  return JSON.stringify(rows, null, 2);
}

/** One table as text or Markdown; no final newline. */
export function formatTable(table: Table, format: "text" | "markdown"): string {
  return format === "text" ? textTable(table) : markdownTable(table);
}

function textTable({ title, columns, rows, legend }: Table): string {
  const header = columns.map(({ name }) => name);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((cells) => cells[column].length))
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) =>
      columns[column].align === "left" ? cell.padEnd(widths[column]) : cell.padStart(widths[column])
    ).join("  ").trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [title, "", line(header), rule, ...rows.map(line), "", ...legend.map(wrap)].join("\n");
}

/** Breaks a sentence between words, with later lines indented. */
function wrap(text: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > TEXT_WIDTH) {
      lines.push(current);
      current = `  ${word}`;
    } else {
      current += current === "" ? word : ` ${word}`;
    }
  }
  return [...lines, current].join("\n");
}

function markdownTable({ title, columns, rows, legend }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(" | ")} |`;
  const rule = columns.map(({ align }) => align === "left" ? ":--" : "--:");
  return [
    `**${title}**`,
    "",
    line(columns.map(({ name }) => name)),
    `| ${rule.join(" | ")} |`,
    ...rows.map(line),
    "",
    ...legend.map((sentence) => `- ${sentence}`),
  ].join("\n");
}

const escapeCell = (cell: string): string => cell.replaceAll("|", "\\|");
