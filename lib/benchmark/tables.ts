import {
  accuracyCell,
  countCell,
  intervalCell,
  lossCell,
  magnitudeCell,
  NOTHING,
  publishedCell,
  secondsCell,
} from "./cells.ts";
import type { Published } from "./reference.ts";
import type { BenchmarkRow } from "./rows.ts";
import { ROW_IDS } from "./run_result.ts";

/** A table whose cells are text already, for a formatter to lay out. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Cells, `[rows][columns]`. */
  readonly rows: readonly (readonly string[])[];
  /** What the columns mean and where the figures come from. */
  readonly legend: readonly string[];
}

interface Column {
  readonly name: string;
  readonly align: "left" | "right";
}

const left = (name: string): Column => ({ name, align: "left" });
const right = (name: string): Column => ({ name, align: "right" });

/**
 * The rows as up to two tables: the classifiers of this project, and those that only
 * others have measured. They are kept apart so that nobody reads across by mistake.
 */
export function tables(rows: readonly BenchmarkRow[]): Table[] {
  const isOurs = ({ id }: BenchmarkRow) => ROW_IDS.some((ours) => ours === id);
  return [
    measuredTable(rows.filter(isOurs)),
    publishedTable(rows.filter((row) => !isOurs(row))),
  ].filter((table) => table.rows.length > 0);
}

function measuredTable(rows: readonly BenchmarkRow[]): Table {
  return {
    title: "Measured by this project",
    columns: [
      left("id"),
      left("accuracy, %"),
      left("95 % interval"),
      right("runs"),
      right("loss"),
      right("parameters"),
      right("FLOPs"),
      right("training, s"),
      right("test, s"),
      left("published, %"),
    ],
    rows: rows.map((row) => [
      row.id,
      accuracyCell(row),
      intervalCell(row),
      String(row.runs),
      lossCell(row.loss),
      countCell(row.parameters),
      magnitudeCell(row.flopsPerImage),
      secondsCell(row.seconds?.training),
      secondsCell(row.seconds?.evaluation),
      publishedCell(row.published),
    ]),
    legend: [
      "accuracy: the share of the 10,000 test images whose class is predicted: the mean over the runs ± their standard deviation. The runs differ in their seed only.",
      "95 % interval: Wilson's interval of one run around that mean: what 10,000 test images leave open.",
      "loss: the mean cross-entropy on the test images, in nats.",
      "FLOPs: floating-point operations to classify one image; M are millions.",
      "training, test: seconds of one run, for training and for classifying the 10,000 test images.",
      "published: what others state for such a classifier. It was not measured here.",
      ...rows.flatMap(aboutRow),
    ],
  };
}

/** Says what a row is, whose the published figure is, and where ours was measured. */
function aboutRow(
  { id, classifier, published, training, backends, machines }: BenchmarkRow,
): string[] {
  const where = machines.map(({ cpu, cores, memoryGiB, os }) =>
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os}`
  );
  return [
    `${id}: ${classifier}.` +
    (published === null ? "" : ` Published by ${aboutPublished(published)}.`) +
    (training === null
      ? ""
      : ` Trained by the recipe ${training.recipe}, with ${
        countCell(training.images)
      } images a run.`) +
    (where.length === 0 ? "" : ` Measured on ${backends.join(", ")}; ${where.join("; ")}.`),
  ];
}

function aboutPublished({ source, loss, parameters, note }: Published): string {
  return [
    source,
    ...(loss === undefined ? [] : [`loss ${loss}`]),
    ...(parameters === undefined ? [] : [`${magnitudeCell(parameters)} parameters`]),
    ...(note === undefined ? [] : [note]),
  ].join("; ");
}

function publishedTable(rows: readonly BenchmarkRow[]): Table {
  const notes = [...new Set(rows.flatMap(({ published }) => published?.note ?? []))];
  return {
    title: "Published by others, not measured by this project",
    columns: [
      left("classifier"),
      left("accuracy, %"),
      right("parameters"),
      left("source"),
      left("note"),
    ],
    rows: rows.map(({ classifier, published }) => [
      classifier,
      publishedCell(published),
      magnitudeCell(published?.parameters),
      published?.source ?? NOTHING,
      published?.note === undefined ? "" : `[${notes.indexOf(published.note) + 1}]`,
    ]),
    legend: [
      "The data was corrected on 31 August 2017, as ten training images had stood in the test set: figures from before are slightly too high.",
      ...notes.map((note, i) => `[${i + 1}] ${note}`),
    ],
  };
}
