import { DISPLAY, type Displayable, type MediaBundle } from "./display.ts";

/** A cell of a {@linkcode Table}. */
export type Cell = string | number | null;

/**
 * Rows under named columns, which show themselves in a notebook as Markdown: that is legible also
 * where a notebook is not trusted. Columns of numbers stand right.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Table } from "./mod.ts";
 *
 * const table = new Table([{ class: "Bag", images: 6000 }]);
 * assertEquals(table.markdown, "| class | images |\n| :-- | --: |\n| Bag | 6,000 |");
 * ```
 */
export class Table implements Displayable {
  readonly markdown: string;

  /**
   * @param rows Objects with the same keys in the same order: the columns. Numbers are written
   *   with a comma at thousands; `null` is an empty cell.
   * @param options.caption Stands below.
   */
  constructor(
    rows: readonly Readonly<Record<string, Cell>>[],
    { caption = "" }: { readonly caption?: string } = {},
  ) {
    const columns = Object.keys(rows[0] ?? {});
    const right = columns.map((column) =>
      rows.every((row) => row[column] === null || /^[±\d]/.test(written(row[column])))
    );
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    this.markdown = [
      line(columns.map(escape)),
      line(right.map((isRight) => isRight ? "--:" : ":--")),
      ...rows.map((row) => line(columns.map((column) => escape(written(row[column]))))),
      ...(caption === "" ? [] : ["", caption]),
    ].join("\n");
  }

  [DISPLAY](): MediaBundle {
    return { "text/markdown": this.markdown, "text/plain": this.markdown };
  }
}

function written(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "number" ? new Intl.NumberFormat("en").format(cell) : cell;
}

const escape = (text: string) => text.replace(/[|\n]/g, (sign) => sign === "|" ? "\\|" : " ");
