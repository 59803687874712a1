import { NOTHING } from "../cells.ts";
import { formatTable } from "../format.ts";
import type { Table } from "../tables.ts";
import type { Standing } from "./race.ts";

/** One contestant's speed on one network. */
export interface SpeedRow {
  readonly model: string;
  readonly who: string;
  /** Which of its ways was the fastest. */
  readonly variant: string;
  /** The median over the rounds; `null` for the matrix product. */
  readonly imagesPerSecond: number | null;
  /** 10⁹ floating-point operations a second. */
  readonly gigaflops: number;
  /** How many times as fast ours is, the median over the rounds; `null` for the matrix product. */
  readonly ratio: number | null;
}

/** What {@linkcode speedRows} makes rows of. */
export interface SpeedRowsOptions {
  readonly model: string;
  /** Images that one run goes through. */
  readonly images: number;
  readonly flopsPerImage: number;
  /** The operations of one matrix product, which is the physical limit's run. */
  readonly productFlops: number;
}

/** What the contestant is called that only multiplies matrices. */
export const MATRIX_PRODUCT = "matrix product";

/** A race's standings as rows. */
export function speedRows(
  standings: readonly Standing[],
  { model, images, flopsPerImage, productFlops }: SpeedRowsOptions,
): SpeedRow[] {
  return standings.map(({ who, variant, runsPerSecond, ratio }) => {
    if (who === MATRIX_PRODUCT) {
      const gigaflops = runsPerSecond * productFlops / 1e9;
      return { model, who, variant, imagesPerSecond: null, gigaflops, ratio: null };
    }
    const imagesPerSecond = runsPerSecond * images;
    const gigaflops = imagesPerSecond * flopsPerImage / 1e9;
    return { model, who, variant, imagesPerSecond, gigaflops, ratio };
  });
}

/** The rows as a table of text or Markdown, or as JSON. */
export function formatSpeed(
  rows: readonly SpeedRow[],
  { title, format }: { title: string; format: "text" | "markdown" | "json" },
): string {
  if (format === "json") return JSON.stringify(rows, null, 2);
  const number = (value: number | null, digits: number) =>
    value === null ? NOTHING : value.toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const table: Table = {
    title,
    columns: [
      { name: "network", align: "left" },
      { name: "who", align: "left" },
      { name: "fastest of its ways", align: "left" },
      { name: "images/s", align: "right" },
      { name: "GFLOP/s", align: "right" },
      { name: "ours is faster, times", align: "right" },
    ],
    rows: rows.map(({ model, who, variant, imagesPerSecond, gigaflops, ratio }) => [
      model,
      who,
      variant,
      number(imagesPerSecond, 0),
      number(gigaflops, 0),
      number(ratio, 2),
    ]),
    legend: [
      "images/s, GFLOP/s: medians over rounds in which all took turns on one machine.",
      "ours is faster: the median over the rounds of our speed divided by theirs.",
      "GFLOP/s: by the network's own count, three times the prediction's for a step of training.",
      "matrix product: 2,048 x 2,048 float32, what the processor can do at best.",
    ],
  };
  return formatTable(table, format);
}
