import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  benchmarkRows,
  formatJson,
  formatMarkdown,
  formatText,
  REFERENCES,
} from "../../lib/benchmark/mod.ts";
import { KNN_RESULT, LABELS, networkResult } from "./fixtures.ts";

const runs = [networkResult(0, 999), networkResult(1, 906), networkResult(2, 939)];
const ROWS = benchmarkRows([KNN_RESULT, ...runs], REFERENCES, LABELS);
const TEXT = formatText(ROWS);

/** The lines of a text table that begin with its header, up to the empty line after it. */
function tableLines(header: string): string[] {
  const lines = TEXT.split("\n");
  const start = lines.findIndex((line) => line.startsWith(header));
  return lines.slice(start, lines.indexOf("", start));
}

Deno.test("formatText() aligns its columns and fits 120 columns", () => {
  for (const line of TEXT.split("\n")) assert(line.length <= 120, `${line.length}: ${line}`);
  for (const header of ["id ", "classifier "]) {
    const [names, rule, ...rows] = tableLines(header);
    assert(rows.length >= 4);
    // Between two columns, where the rule has its gaps, every line is blank.
    for (const { index } of rule.matchAll(/ {2}/g)) {
      for (const line of [names, ...rows]) {
        assertEquals(line.slice(index, index + 2).trim(), "", `"${line}" at ${index}`);
      }
    }
  }
});

Deno.test("formatText() shows one run without and three runs with a deviation", () => {
  const rows = tableLines("id ").map((line) => line.split(/ {2,}/));
  assertEquals(rows[0], [
    "id",
    "accuracy, %",
    "95 % interval",
    "runs",
    "loss",
    "parameters",
    "FLOPs",
    "training, s",
    "test, s",
    "published, %",
  ]);
  assertEquals(rows[2], [
    "knn",
    "85.54",
    "84.84 to 86.22",
    "1",
    "-",
    "-",
    "94.1 M",
    "0.1",
    "31",
    "85.1",
  ]);
  assertEquals(rows.find(([id]) => id === "small-cnn"), [
    "small-cnn",
    "90.52 ± 0.47",
    "89.93 to 91.08",
    "3",
    "0.260",
    "421,642",
    "7.7 M",
    "390",
    "2.5",
    "92.24",
  ]);
});

Deno.test("formatText() says what was not measured, and by whom what was published", () => {
  const vgg = tableLines("id ").find((line) => line.startsWith("vgg"));
  assertEquals(vgg?.split(/ {2,}/), [
    "vgg",
    "not measured",
    "-",
    "0",
    "-",
    "-",
    "-",
    "-",
    "-",
    "94.7",
  ]);
  const prose = TEXT.replaceAll(/\n\s*/g, " ");
  assertStringIncludes(
    prose,
    "Published by study A (Piotr Swirkaitis); loss 0.254; reached after many attempts, chosen on the test set. Trained by the recipe study A, with 110,000 images a run. Measured on tensorflow; Example CPU, 2 cores, 7.8 GiB, linux.",
  );
});

Deno.test("formatText() gives published figures with the digits and ranges of their source", () => {
  const published = tableLines("classifier ").map((line) => line.split(/ {2,}/).slice(1, 3));
  assertEquals(published.slice(-10, -5), [
    ["94.7", "-"],
    ["95.0", "-"],
    ["95.4", "768 K"],
    ["95.55 ± 0.04", "272 K"],
    ["95.7 to 95.8", "36.5 M"],
  ]);
});

Deno.test("formatText() leaves out a table that has no rows", () => {
  assertEquals(formatText(ROWS.filter(({ id }) => id === "human")).includes("Measured by"), false);
  assertEquals(formatText([]), "");
});

Deno.test("formatMarkdown() gives one line a row and as many cells as the header has", () => {
  const lines = formatMarkdown(ROWS).split("\n").filter((line) => line.startsWith("|"));
  assertEquals(lines.length, ROWS.length + 4);
  assertEquals(
    lines.filter((line) => line.startsWith("| small-cnn |")),
    [
      "| small-cnn | 90.52 ± 0.47 | 89.93 to 91.08 | 3 | 0.260 | 421,642 | 7.7 M | 390 | 2.5 | 92.24 |",
    ],
  );
  const cells = lines.map((line) => line.split(" | ").length);
  assertEquals(new Set(cells), new Set([10, 5]));
});

Deno.test("formatMarkdown() escapes what would end a cell", () => {
  const odd = { ...ROWS.filter(({ id }) => id === "human")[0], classifier: "a|b" };
  assertStringIncludes(formatMarkdown([odd]), "| a\\|b |");
});

Deno.test("formatJson() gives the rows back when parsed", () => {
  assertEquals(JSON.parse(formatJson(ROWS)), ROWS);
});
