import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type BenchmarkRow, benchmarkRows, type Reference } from "../../lib/benchmark/mod.ts";
import { KNN_RESULT, LABELS, METRIC_RESULT, networkResult } from "./fixtures.ts";

const REFERENCES: Reference[] = [
  { id: "human", classifier: "human", accuracy: 0.835, source: "README" },
  { id: "vgg", classifier: "VGG-like CNN", accuracy: 0.947, loss: 0.298, source: "study B" },
];

function rowOf(rows: BenchmarkRow[], id: string): BenchmarkRow {
  const row = rows.find((row) => row.id === id);
  if (row === undefined) throw new RangeError(`Cannot find row ${id}`);
  return row;
}

Deno.test("benchmarkRows() puts this project's classifiers first, then other references", () => {
  const rows = benchmarkRows([KNN_RESULT, METRIC_RESULT], REFERENCES, LABELS);
  assertEquals(
    rows.map(({ id, measured, runs }) => [id, measured, runs]),
    [
      ["knn", true, 1],
      ["knn-tuned", false, 0],
      ["knn-shifts", false, 0],
      ["knn-metric", true, 1],
      ["knn-edges", false, 0],
      ["dense", false, 0],
      ["small-cnn", false, 0],
      ["small-cnn-fast", false, 0],
      ["compact", false, 0],
      ["compact-fast", false, 0],
      ["vgg", false, 0],
      ["human", false, 0],
    ],
  );
});

Deno.test("benchmarkRows() has no deviation for one run", () => {
  const knn = rowOf(benchmarkRows([KNN_RESULT], REFERENCES, LABELS), "knn");
  assertEquals(knn.accuracy?.mean, 0.8554);
  assertEquals(knn.accuracy?.sd, null);
  // scipy.stats.binomtest(8554, 10000).proportion_ci(0.95, "wilson") of SciPy 1.17.1
  assertAlmostEquals(knn.accuracy?.interval[0] ?? NaN, 0.8483703632704975, 1e-14);
  assertAlmostEquals(knn.accuracy?.interval[1] ?? NaN, 0.8621566906876255, 1e-14);
  assertEquals([knn.loss, knn.parameters, knn.flopsPerImage], [null, null, 94_080_000]);
  assertEquals(knn.published, null);
});

Deno.test("benchmarkRows() says what a row of neighbours is, and what its metric has seen", () => {
  const rows = benchmarkRows([METRIC_RESULT], [], LABELS);
  const { classifier, training, parameters } = rowOf(rows, "knn-metric");
  assertEquals(classifier, "Nearest neighbours, k 9, learned metric of pixels, votes by distance");
  assertEquals(training, { recipe: "metric", images: 1_000 * 1_024 });
  assertEquals(parameters, 50_176);
  assertEquals(rowOf(rows, "knn").training, null);
});

Deno.test("benchmarkRows() averages three runs", () => {
  const runs = [networkResult(0, 999), networkResult(1, 906), networkResult(2, 939)];
  const row = rowOf(benchmarkRows(runs, REFERENCES, LABELS), "small-cnn");
  assertEquals(row.runs, 3);
  // NumPy 2.4.6: mean and std(ddof=1) of 0.9001, 0.9094 and 0.9061
  assertAlmostEquals(row.accuracy?.mean ?? NaN, 0.9052, 1e-14);
  assertAlmostEquals(row.accuracy?.sd ?? NaN, 0.004714870093650503, 1e-14);
  assertAlmostEquals(row.loss ?? NaN, 0.26, 1e-14);
  assertAlmostEquals(row.seconds?.training ?? NaN, 390, 1e-12);
  assertEquals(row.seconds?.evaluation, 2.5);
  assertEquals(row.parameters, 421_642);
  assertEquals(row.backends, ["tensorflow"]);
  assertEquals(row.machines, [runs[0].machine]);
});

Deno.test("benchmarkRows() keeps every published number out of the measured fields", () => {
  const rows = benchmarkRows([], REFERENCES, LABELS);
  for (const id of ["vgg", "human"]) {
    const { accuracy, loss, parameters, flopsPerImage, seconds, machines } = rowOf(rows, id);
    assertEquals([accuracy, loss, parameters, flopsPerImage, seconds], new Array(5).fill(null));
    assertEquals(machines, []);
  }
  assertEquals(rowOf(rows, "vgg").classifier, "VGG-like CNN");
  assertEquals(rowOf(rows, "vgg").published, { accuracy: 0.947, loss: 0.298, source: "study B" });
});

Deno.test("benchmarkRows() names every machine of a row once", () => {
  const elsewhere = { cpu: "Other CPU", cores: 8, memoryGiB: 16, os: "darwin" };
  const runs = [
    networkResult(0, 1),
    { ...networkResult(1, 1), machine: elsewhere, backend: "wasm" },
    networkResult(2, 1),
  ];
  const row = rowOf(benchmarkRows(runs, REFERENCES, LABELS), "small-cnn");
  assertEquals(row.machines, [runs[0].machine, elsewhere]);
  assertEquals(row.backends, ["tensorflow", "wasm"]);
});

Deno.test("benchmarkRows() rejects runs of different recipes or sizes in one row", () => {
  const first = networkResult(0, 1);
  const second = networkResult(1, 1);
  const longer = { ...second, recipe: { ...second.recipe, name: "longer" } };
  const larger = { ...second, parameters: 421_643 };
  assertThrows(
    () => benchmarkRows([first, longer], REFERENCES, LABELS),
    RangeError,
    "average the runs of small-cnn: recipe of seed 1",
  );
  assertThrows(
    () => benchmarkRows([first, larger], REFERENCES, LABELS),
    RangeError,
    "parameters of seed 1 is 421643, expected 421642 as of seed 0",
  );
});

Deno.test("benchmarkRows() rejects a run whose accuracy is not that of its predictions", () => {
  const boasting = { ...KNN_RESULT, test: { ...KNN_RESULT.test, accuracy: 0.86 } };
  assertThrows(
    () => benchmarkRows([boasting], REFERENCES, LABELS),
    RangeError,
    "result of knn: test.accuracy is 0.86, expected 0.8554",
  );
});
