import * as Plot from "@observablehq/plot";
import { Figure, type FigureText } from "./figure.ts";
import { textWidth } from "./font.ts";
import { plot } from "./plot.ts";
import { STYLE } from "./style.ts";

/** How {@linkcode heatmap} is labelled. */
export interface HeatmapOptions {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What rows and columns are. */
  readonly rowLabel: string;
  readonly columnLabel: string;
  /** What a cell says; nothing where it gives `""`. */
  readonly format?: (value: number, row: number, column: number) => string;
  /** The value that a cell's colour shows, 0 (white) to 1 (dark blue). */
  readonly shade: (value: number, row: number, column: number) => number;
}

/** Room for what a turned label has beyond its column. */
const MARGIN_RIGHT = 24;

/** A matrix of numbers, `matrix[row][column]`, each written in its cell over a shade of blue. */
export function heatmap(
  matrix: readonly (readonly number[])[],
  { rows, columns, rowLabel, columnLabel, format = String, shade, title, caption, alt }:
    & HeatmapOptions
    & FigureText,
): Figure {
  const cells = matrix.flatMap((values, row) =>
    values.map((value, column) => ({
      row: rows[row],
      column: columns[column],
      shade: shade(value, row, column),
      text: format(value, row, column),
    }))
  );
  const widest = (labels: readonly string[]) =>
    Math.max(...labels.map((label) => textWidth(label, { size: STYLE.textSize })));
  const marginLeft = widest(rows) + 40;
  const room = STYLE.width - 2 * STYLE.padding - marginLeft - MARGIN_RIGHT;
  const turned = widest(columns) > room / columns.length - 6;
  const marginTop = turned ? widest(columns) * 0.75 + 44 : 48;
  const cell = Math.min(96, room / columns.length);
  const drawing = plot({
    width: marginLeft + cell * columns.length + MARGIN_RIGHT,
    height: marginTop + rows.length * 32 + 8,
    marginLeft,
    marginTop,
    marginRight: MARGIN_RIGHT,
    marginBottom: 8,
    x: {
      domain: columns,
      axis: "top",
      label: columnLabel,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: marginTop - 10,
      tickRotate: turned ? -45 : 0,
      tickSize: 0,
      padding: 0.04,
    },
    y: { domain: rows, label: rowLabel, labelArrow: "none", tickSize: 0, padding: 0.04 },
    color: { type: "linear", scheme: "blues", domain: [0, 1] },
    marks: [
      Plot.cell(cells, { x: "column", y: "row", fill: "shade" }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: "text",
        fill: ({ shade }: { shade: number }) => shade > 0.55 ? "#ffffff" : STYLE.ink,
      }),
    ],
  });
  return new Figure(drawing, { title, caption, alt });
}

/**
 * A confusion matrix: a row for each true class, a column for each predicted one. The shade of a
 * cell is its share of the row, so that the diagonal's is the recall; the square root makes the
 * few mistakes visible.
 *
 * @param matrix Counts `[classes][classes]` of lib/evaluation's `confusionMatrix`.
 */
export function confusionHeatmap(
  matrix: readonly (readonly number[])[],
  { labels, title = "Which classes are taken for which" }: {
    readonly labels: readonly string[];
    readonly title?: string;
  },
): Figure {
  const mistakes = matrix.flatMap((counts, row) =>
    counts.map((count, column) => ({ count: row === column ? 0 : count, row, column }))
  );
  const worst = mistakes.reduce((a, b) => b.count > a.count ? b : a);
  const sentence = `The most frequent mistake: ${worst.count} images of ${
    labels[worst.row]
  } were taken for ${labels[worst.column]}.`;
  return heatmap(matrix, {
    rows: labels,
    columns: labels,
    rowLabel: "true class",
    columnLabel: "predicted class",
    format: (count) => count === 0 ? "" : String(count),
    shade: (count, row) => Math.sqrt(count / matrix[row].reduce((sum, value) => sum + value, 0)),
    title,
    caption: `Numbers of images; empty cells are zero. ${sentence}`,
    alt: `Confusion matrix of ${labels.length} classes. ${sentence}`,
  });
}
