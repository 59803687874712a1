import { type CellsText, isSuperseded } from "./cells_document.ts";
import { isObject } from "./language_server.ts";

/** What may be written in place of a part of a cell. */
export interface Completion {
  /** Best first; the type is a word for what the text names, as `function` or `property`. */
  readonly matches: readonly { readonly text: string; readonly type: string }[];
  /** The part that a match replaces: UTF-16 code units of the cell's text, from 0. */
  readonly start: number;
  readonly end: number;
}

/** A type error in a cell; line and column, in UTF-16 code units, count from 1. */
export interface TypeFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** A place in a document; lines and UTF-16 code units count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** JupyterLab does not ask again while a name is being written on: tf has 513 members. */
const MOST_MATCHES = 1000;
/** The part of a name that is before the cursor. */
const NAME_BEFORE = /#?[\p{ID_Continue}$]*$/u;
const DOT = /^\??\./;
const LINE_BREAK = /\r\n|\r|\n/;
/** The protocol's CompletionItemKind, in JupyterLab's words where it has one. */
const KINDS = ["", "text", "method", "function", "class", "property", "variable", "class"]
  .concat("interface", "module", "property", "unit", "value", "enum", "keyword", "snippet")
  .concat("color", "path", "reference", "path", "property", "constant", "class", "event")
  .concat("operator", "type");
const KEYWORD = 14;
const COLLATOR = new Intl.Collator("en");
/** The protocol's DiagnosticSeverity of an error. */
const ERROR = 1;
/**
 * Errors by TypeScript's numbers that say nothing of a cell: modules without types, names that are
 * not used yet, circles that cells form only once one was run again after others had used it, and
 * parameters and variables whose type nobody wrote, as in `(x) => 2 * x`.
 */
const NO_FAULTS: ReadonlySet<unknown> = new Set([
  ...[2307, 7016, 6133, 6138, 6192, 6196, 6198, 6199, 7022],
  ...[7005, 7006, 7008, 7010, 7011, 7018, 7019, 7023, 7024, 7031, 7034],
]);

/** Where an offset in a cell, in UTF-16 code units, is in the module that ends with it. */
export function positionOf(offset: number, { line, text }: CellsText): Position {
  const lines = text.slice(0, offset).split(LINE_BREAK);
  return { line: line + lines.length - 1, character: lines[lines.length - 1].length };
}

/** Reads the answer to `textDocument/completion` at an offset in a cell. */
export function readCompletion(answer: unknown, offset: number, cells: CellsText): Completion {
  const { text } = cells;
  const { line, character } = positionOf(offset, cells);
  const nameStart = offset - (NAME_BEFORE.exec(text.slice(0, offset))?.[0].length ?? 0);
  const items = listIn(answer, "items").flatMap((item) => {
    if (!isObject(item) || typeof item.label !== "string" || item.kind === KEYWORD) return [];
    const edit = isObject(item.textEdit) ? item.textEdit : {};
    const range = isObject(edit.range) ? edit.range : edit.insert;
    const start = isObject(range) ? readPosition(range.start) : undefined;
    if (start !== undefined && start.line !== line) return [];
    return {
      text: firstText(edit.newText, item.insertText, item.label),
      type: typeof item.kind === "number" ? KINDS[item.kind] ?? "" : "",
      // A member that cannot stand after a dot replaces that too.
      name: firstText(item.filterText, edit.newText, item.insertText, item.label)
        .replace(DOT, "").toLowerCase(),
      order: firstText(item.sortText, item.label),
      start: start === undefined ? nameStart : offset - character + start.character,
    };
  });
  // All matches replace one part: the name or, where none does so, as in a path, the first's part.
  const start = items.some((item) => item.start === nameStart) ? nameStart : items[0]?.start;
  const written = text.slice(start ?? nameStart, offset).replace(DOT, "").toLowerCase();
  const matches = items
    .filter((item) => item.start === start && !isSuperseded(item.text))
    .filter((item) => item.name.startsWith(written))
    .sort((a, b) => compare(a.order, b.order) || COLLATOR.compare(a.text, b.text))
    .slice(0, MOST_MATCHES)
    .map(({ text, type }) => ({ text, type }));
  return { matches, start: start ?? nameStart, end: offset };
}

/** Reads the answer to `textDocument/hover`: Markdown, or `undefined` for what has no declaration. */
export function readHover(answer: unknown): string | undefined {
  const markdown = isObject(answer) ? textOf(answer.contents) : undefined;
  return markdown === undefined || /^```\w*\nany\n```\s*$/.test(markdown) ? undefined : markdown;
}

/** Reads the answer to `textDocument/signatureHelp`: Markdown of the signature that fits best. */
export function readSignature(answer: unknown): string | undefined {
  const active = isObject(answer) && Number(answer.activeSignature) || 0;
  const signature = listIn(answer, "signatures")[active];
  if (!isObject(signature) || typeof signature.label !== "string") return undefined;
  return `\`\`\`typescript\n${signature.label}\n\`\`\`\n${textOf(signature.documentation) ?? ""}`;
}

/** Markdown of the server as a notebook can show it; the examples are left out for a detail of 0. */
export function tidied(markdown: string, detail: 0 | 1): string {
  const examples = /\n+\*@example\*[^]*?(?=\n+\*@|$)/g;
  return (detail === 0 ? markdown.replace(examples, "") : markdown)
    .replace(/^```tsx$/gm, "```typescript")
    // Links into files and into Deno itself lead nowhere from a notebook.
    .replace(/\[([^\]]*)\]\((?:file|deno|asset):[^)]*\)/g, "$1")
    .trim();
}

/** Reads the answer to `textDocument/diagnostic`: the type errors of the last cell. */
export function readFaults(answer: unknown, { line: first, text }: CellsText): TypeFault[] {
  const lines = text.split(LINE_BREAK);
  return listIn(answer, "items").flatMap((item) => {
    if (!isObject(item) || item.source !== "deno-ts" || item.severity !== ERROR) return [];
    const start = isObject(item.range) ? readPosition(item.range.start) : undefined;
    if (typeof item.message !== "string" || start === undefined) return [];
    if (NO_FAULTS.has(item.code) || start.line < first) return [];
    const line = start.line - first;
    // What is missing at the end of the cell is missed behind it.
    return line < lines.length
      ? { message: item.message, line: line + 1, column: start.character + 1 }
      : { message: item.message, line: lines.length, column: lines[lines.length - 1].length + 1 };
  });
}

/** Whether the answer to `textDocument/diagnostic` tells of modules that were not found. */
export function missesModules(answer: unknown): boolean {
  // TypeScript's own errors have numbers; Deno's are all of modules and their specifiers.
  return listIn(answer, "items").some((item) =>
    isObject(item) && item.source === "deno" && item.severity === ERROR
  );
}

function readPosition(position: unknown): Position | undefined {
  if (!isObject(position)) return undefined;
  const { line, character } = position;
  return typeof line === "number" && typeof character === "number"
    ? { line, character }
    : undefined;
}

/** The list that an answer is, or that it has under a name. */
function listIn(answer: unknown, name: string): unknown[] {
  const list = isObject(answer) ? answer[name] : answer;
  return Array.isArray(list) ? list : [];
}

/** The text of the protocol's MarkupContent, which may be a text alone. */
function textOf(content: unknown): string | undefined {
  const text = isObject(content) ? content.value : content;
  return typeof text === "string" ? text : undefined;
}

const firstText = (...values: unknown[]): string =>
  values.find((value) => typeof value === "string") ?? "";

const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;
