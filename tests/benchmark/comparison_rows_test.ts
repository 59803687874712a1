import { assertEquals } from "@std/assert";
import { benchmarkRows, comparisonRows, measuredRows } from "../../lib/benchmark/mod.ts";
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
    "390",
    "2.5",
    "Example CPU, 2 cores",
  ]]);
});
