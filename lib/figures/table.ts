import { DISPLAY, type Displayable, type MediaBundle } from "./display.ts";
import { grouped } from "./numbers.ts";

/** A cell of a {@linkcode table}. */
export type Cell = string | number | null;

/** A table that shows itself; {@linkcode table} makes it. */
export interface Table extends Displayable {
  readonly markdown: string;
}

/**
 * Rows under named columns, which show themselves in a notebook as Markdown: that is legible also
 * where a notebook is not trusted. Columns of numbers stand right.
 *
 * @param rows Objects with the same keys: the columns, in the first row's order. Numbers are
 *   written with a comma at thousands and at most three decimals; text may be Markdown, and a line
 *   break in it becomes a space; `null` is an empty cell.
 * @param options.caption Stands below.
 * @throws {RangeError} If there are no rows or no columns, or a number is not finite.
 * @throws {TypeError} If a row has other keys than the first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { table } from "./mod.ts";
 *
 * const { markdown } = table([{ class: "Bag", images: 6000 }]);
 * assertEquals(markdown, "| class | images |\n| :-- | --: |\n| Bag | 6,000 |");
 * ```
 */
export function table(
  rows: readonly Readonly<Record<string, Cell>>[],
  { caption = "" }: { readonly caption?: string } = {},
): Table {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) {
    throw new RangeError("Cannot make a table: it has no cell, expected at least 1");
  }
  const cells = rows.map((row, i) => {
    assertKeys(Object.keys(row), { columns, row: i });
    return columns.map((column) => written(row[column], { column, row: i }));
  });
  const right = columns.map((column, i) =>
    cells.every((row, n) => rows[n][column] === null || NUMERIC.test(row[i]))
  );
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(" | ")} |`;
  const markdown = [
    line(columns),
    line(right.map((isRight) => isRight ? "--:" : ":--")),
    ...cells.map(line),
    ...(caption === "" ? [] : ["", caption]),
  ].join("\n");
  return {
    markdown,
    [DISPLAY]: (): MediaBundle => ({ "text/markdown": markdown, "text/plain": markdown }),
  };
}

/** Begins with a number or is a dash: what stands in columns of numbers. */
const NUMERIC = /^([±−-]? ?\d|-$)/;

function written(cell: Cell, { column, row }: { column: string; row: number }): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) {
    throw new RangeError(
      `Cannot make a table: "${column}" of row ${row} is ${cell}, expected a finite number`,
    );
  }
  return grouped(cell);
}

function assertKeys(
  keys: readonly string[],
  { columns, row }: { columns: readonly string[]; row: number },
): void {
  if (keys.length !== columns.length || !columns.every((column) => keys.includes(column))) {
    throw new TypeError(
      `Cannot make a table: row ${row} has the columns ${keys.join(", ")}, ` +
        `expected ${columns.join(", ")}`,
    );
  }
}

/** Backslashes before a pipe are doubled, or they would escape its escape. */
const escape = (text: string) => text.replace(/\r\n?|\n/g, " ").replace(/(\\*)\|/g, "$1$1\\|");
