import { DISPLAY, type Displayable, type MediaBundle } from "./display.ts";

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
 * @param rows Objects with the same keys in the same order: the columns. Numbers are written
 *   with a comma at thousands; `null` is an empty cell.
 * @param options.caption Stands below.
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
  const right = columns.map((column) =>
    rows.every((row) => row[column] === null || /^[±−\d]/.test(written(row[column])))
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const markdown = [
    line(columns.map(escape)),
    line(right.map((isRight) => isRight ? "--:" : ":--")),
    ...rows.map((row) => line(columns.map((column) => escape(written(row[column]))))),
    ...(caption === "" ? [] : ["", caption]),
  ].join("\n");
  return {
    markdown,
    [DISPLAY]: (): MediaBundle => ({ "text/markdown": markdown, "text/plain": markdown }),
  };
}

function written(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "number" ? new Intl.NumberFormat("en").format(cell) : cell;
}

const escape = (text: string) => text.replace(/[|\n]/g, (sign) => sign === "|" ? "\\|" : " ");
