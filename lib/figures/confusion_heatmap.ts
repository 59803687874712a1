import { extent } from "./checks.ts";
import type { Figure } from "./figure.ts";
import { heatmap } from "./heatmap.ts";

/**
 * A confusion matrix: a row for each true class, a column for each predicted one. The shade of a
 * cell is its share of the row, so that the diagonal's is the recall; the square root makes the
 * few mistakes visible.
 *
 * @param matrix Counts `[classes][classes]` of lib/evaluation's `confusionMatrix`.
 * @throws {RangeError} If a count is negative or not finite, or there is not one label a class.
 */
export function confusionHeatmap(
  matrix: readonly (readonly number[])[],
  { labels, title = "Which classes are taken for which" }: {
    readonly labels: readonly string[];
    readonly title?: string;
  },
): Figure {
  const totals = matrix.map((counts, row) => {
    extent(counts, { action: "draw a confusion matrix", name: `row ${row}, count`, least: 0 });
    return counts.reduce((sum, count) => sum + count, 0);
  });
  const sentence = worstMistake(matrix, labels);
  return heatmap(matrix, {
    rows: labels,
    columns: labels,
    rowLabel: "true class",
    columnLabel: "predicted class",
    format: (count) => count === 0 ? "" : String(count),
    // A class without images has a row of zeros.
    shade: (count, row) => count === 0 ? 0 : Math.sqrt(count / totals[row]),
    title,
    caption: `Numbers of images; empty cells are zero. ${sentence}`,
    alt: `Confusion matrix of ${labels.length} classes. ${sentence}`,
  });
}

function worstMistake(
  matrix: readonly (readonly number[])[],
  labels: readonly string[],
): string {
  const [worst] = matrix
    .flatMap((counts, row) => counts.map((count, column) => ({ count, row, column })))
    .filter(({ count, row, column }) => row !== column && count > 0)
    .sort((a, b) => b.count - a.count);
  if (worst === undefined) return "There is no mistake.";
  const { count, row, column } = worst;
  const images = count === 1 ? "1 image" : `${count} images`;
  const was = count === 1 ? "was" : "were";
  return `The most frequent mistake: ${images} of ${labels[row]} ${was} taken for ${
    labels[column]
  }.`;
}
