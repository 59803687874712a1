/** A Jupyter notebook, as far as this project writes them: format 4.5. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** One cell; only code has outputs and a count. */
export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Whole, or line by line. */
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

/** What a cell has given. */
export interface Output {
  readonly output_type: "stream" | "display_data" | "execute_result" | "error";
  /** Of a stream: `stdout` or `stderr`. */
  readonly name?: string;
  readonly text?: string | readonly string[];
  /** The formats of something shown, by MIME type. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Of an error. */
  readonly ename?: string;
  readonly evalue?: string;
}

/**
 * Reads a notebook's text.
 *
 * @param name Names the notebook in messages.
 * @throws {SyntaxError} If it is not JSON, or no notebook of format 4.5.
 */
export function parseNotebook(text: string, name: string): Notebook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read ${name}: it is not JSON`, { cause });
  }
  if (!isNotebook(json)) {
    throw new SyntaxError(`Cannot read ${name}: it is no notebook of format 4.5`);
  }
  return json;
}

/** A cell's source or a stream's text, as one string. */
export const joined = (text: string | readonly string[] = ""): string =>
  typeof text === "string" ? text : text.join("");

/** The code cells with their numbers among all cells, from 1. */
export function codeCells({ cells }: Notebook): { readonly number: number; readonly cell: Cell }[] {
  return cells.map((cell, i) => ({ number: i + 1, cell }))
    .filter(({ cell }) => cell.cell_type === "code");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): boolean =>
  typeof value === "string" ||
  Array.isArray(value) && value.every((line) => typeof line === "string");

function isNotebook(value: unknown): value is Notebook {
  return isRecord(value) && value.nbformat === 4 && value.nbformat_minor === 5 &&
    isRecord(value.metadata) && Array.isArray(value.cells) && value.cells.every(isCell);
}

function isCell(value: unknown): value is Cell {
  if (!isRecord(value) || typeof value.id !== "string") return false;
  if (!isRecord(value.metadata) || !isText(value.source)) return false;
  if (value.cell_type !== "code") {
    return value.cell_type === "markdown" || value.cell_type === "raw";
  }
  const count = value.execution_count;
  return (count === null || typeof count === "number") && Array.isArray(value.outputs) &&
    value.outputs.every(isOutput);
}

function isOutput(value: unknown): value is Output {
  if (!isRecord(value)) return false;
  switch (value.output_type) {
    case "stream":
      return typeof value.name === "string" && isText(value.text);
    case "display_data":
    case "execute_result":
      return isRecord(value.data);
    case "error":
      return typeof value.ename === "string" && typeof value.evalue === "string";
    default:
      return false;
  }
}
