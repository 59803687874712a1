import { assertEquals } from "@std/assert";
import {
  accuracyPoints,
  benchmarkRows,
  comparisonRows,
  differenceRows,
  measuredRows,
  pairRows,
  rightWhereWrong,
} from "../../lib/benchmark/mod.ts";
import { KNN_RESULT, LABELS, networkResult } from "./fixtures.ts";

const PUBLISHED = [
  { id: "vgg", classifier: "VGG-like CNN", accuracy: 0.947, source: "study B" },
  { id: "human", classifier: "human", accuracy: 0.835, source: "README" },
];

Deno.test("comparisonRows() tells what was measured, what was not, and what others measured", () => {
  const rows = benchmarkRows([KNN_RESULT], PUBLISHED, LABELS);
  const chosen = rows.filter(({ id }) => ["knn", "vgg", "human"].includes(id));
  assertEquals(comparisonRows(chosen).map((row) => Object.values(row)), [
    ["knn", "85.54", "84.84 to 86.22", "1", "-", "-"],
    ["VGG-like CNN", "not measured", "-", "-", "94.7", "study B"],
    ["human", "-", "-", "-", "83.5", "README"],
  ]);
});

Deno.test("measuredRows() has every field of the measured runs", () => {
  const runs = [networkResult(0, 999), networkResult(1, 906), networkResult(2, 939)];
  const rows = benchmarkRows(runs, [], LABELS).filter(({ measured }) => measured);
  assertEquals(measuredRows(rows).map((row) => Object.values(row)), [[
    "small-cnn",
    "3",
    "90.52 ± 0.47",
    "89.93 to 91.08",
    "0.260",
    "421,642",
    "7.7 M",
    "110 K",
    "390",
    "2.5",
    "Example CPU, 2 cores",
  ]]);
});

Deno.test("differenceRows() has only rows of ours that others published too", () => {
  // The small CNN by hand: (90.52 − 92.24) / 0.4715 = −3.648.
  const published = [
    ...PUBLISHED,
    { ...PUBLISHED[0], id: "knn", accuracy: 0.86, note: "rounded" },
    { ...PUBLISHED[0], id: "small-cnn", accuracy: 0.9224, source: "study A" },
  ];
  const rows = benchmarkRows(
    [KNN_RESULT, networkResult(0, 999), networkResult(1, 906), networkResult(2, 939)],
    published,
    LABELS,
  );
  assertEquals(
    differenceRows(rows).map((row) => Object.values(row)),
    [
      ["knn", "86.0", "85.54", "−0.46", "-", "study B", "rounded"],
      ["small-cnn", "92.24", "90.52", "−1.72", "−3.6", "study A", ""],
      ["vgg", "94.7", "not measured", "-", "-", "study B", ""],
    ],
  );
});

Deno.test("accuracyPoints() takes what was measured before what was published", () => {
  const published = [
    { id: "small-cnn", classifier: "2 Conv, pooled", accuracy: 0.9, parameters: 1, source: "x" },
    { id: "vgg", classifier: "VGG-like CNN, big", accuracy: 0.947, parameters: 58e5, source: "x" },
    { id: "fmix-rerun", classifier: "FMix, long", accuracy: 0.96, parameters: 11e6, source: "x" },
    { id: "human", classifier: "human", accuracy: 0.835, source: "x" },
  ];
  const rows = benchmarkRows([networkResult(0, 800)], published, LABELS);
  const points = accuracyPoints(rows, { cost: "parameters" });
  assertEquals(points.map(({ name, x, accuracy, measured }) => [name, x, accuracy, measured]), [
    ["small-cnn", 421_642, 0.92, true],
    ["VGG-like CNN", 5_800_000, 0.947, false],
    ["FMix, a rerun", 11_000_000, 0.96, false],
  ]);
  const costs = accuracyPoints(rows, { cost: "flopsPerImage" });
  assertEquals(costs.map(({ name, x }) => [name, x]), [["small-cnn", 7_700_000]]);
});

Deno.test("pairRows() and rightWhereWrong() read both sides of a pair", () => {
  const pair = {
    a: "knn",
    b: "dense",
    onlyACorrect: 30,
    onlyBCorrect: 50,
    pValue: 0.01,
    adjustedPValue: 0.06,
  } as const;
  assertEquals(Object.values(pairRows([pair], { images: 1_000 })[0]), [
    ...["knn", "dense", 30, 50],
    ...["2.00", "0.0600", "no"],
  ]);
  assertEquals(rightWhereWrong([pair], ["dense", "knn"]), [[0, 50], [30, 0]]);
});
