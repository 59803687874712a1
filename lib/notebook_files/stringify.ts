import type { Notebook } from "./notebook.ts";

/** A line with its end, which is whatever ends one for Python's `str.splitlines`, as for Jupyter. */
// deno-lint-ignore no-control-regex
const LINE = /[^\n-\r\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]|$)/g;

/** Formats, besides those of `text/`, that Jupyter breaks into lines. */
const TEXTS = ["application/javascript", "image/svg+xml"];

/**
 * A notebook as the text of its file, byte for byte as Jupyter writes it (nbformat's JSONWriter):
 * keys sorted, texts line by line. So saving it in JupyterLab changes nothing that did not change.
 */
export function stringifyNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map(({ source, outputs, ...cell }) => ({
    ...cell,
    source: linesOf(source),
    ...(outputs === undefined ? {} : {
      outputs: outputs.map(({ text, data, ...output }) => ({
        ...output,
        ...(text === undefined ? {} : { text: linesOf(text) }),
        ...(data === undefined ? {} : { data: splitData(data) }),
      })),
    }),
  }));
  return JSON.stringify(sorted({ ...notebook, cells }), null, 1) + "\n";
}

function splitData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) =>
      typeof value === "string" && (type.startsWith("text/") || TEXTS.includes(type))
        ? [type, linesOf(value)]
        : [type, value]
    ),
  );
}

/** A text's lines with their ends; what is in lines already stays. */
function linesOf(text: string | readonly string[]): readonly string[] {
  return typeof text === "string" ? (text.match(LINE) ?? []).filter((line) => line !== "") : text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
