import { assertEquals, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { layerTable } from "../../lib/figures/mod.ts";
import { smallCnn, vgg } from "../../lib/models/mod.ts";

await tf.setBackend("cpu");

/** The cells of a model's table, row by row. */
function rowsOf(model: tf.LayersModel): string[][] {
  const { markdown } = layerTable(model);
  model.dispose();
  return markdown.split("\n").filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

Deno.test("layerTable() has study A's 421,642 parameters", () => {
  const [head, , ...rows] = rowsOf(smallCnn({ seed: 0 }));
  assertEquals(head, ["layer", "kind", "output", "parameters", "not trained"]);
  assertEquals(rows.map(([, ...cells]) => cells), [
    ["Conv2D 3x3 relu", "28 x 28 x 32", "320", "0"],
    ["MaxPooling2D 2x2", "14 x 14 x 32", "0", "0"],
    ["Conv2D 3x3 relu", "14 x 14 x 64", "18,496", "0"],
    ["MaxPooling2D 2x2", "7 x 7 x 64", "0", "0"],
    ["Flatten", "3136", "0", "0"],
    ["Dense relu", "128", "401,536", "0"],
    ["Dense", "10", "1,290", "0"],
    ["", "", "421,642", "0"],
  ]);
});

Deno.test("layerTable() tells study B's moving averages from what is trained", () => {
  const model = vgg({ seed: 0 });
  assertStringIncludes(layerTable(model).markdown, "5,897,162 parameters in all.");
  const rows = rowsOf(model);
  const cells = (kind: string) => rows.filter((row) => row[1].startsWith(kind));
  assertEquals(cells("BatchNormalization").map((row) => row.slice(3)), [
    ["128", "128"],
    ["128", "128"],
    ["256", "256"],
    ["256", "256"],
    ["512", "512"],
    ["512", "512"],
    ["4,096", "4,096"],
  ]);
  assertEquals(cells("Conv2D").map((row) => row[3]), [
    "640",
    "36,928",
    "73,856",
    "147,584",
    "295,168",
    "590,080",
  ]);
  assertEquals(cells("Dense").map((row) => row[3]), ["4,720,640", "20,490"]);
  assertEquals(cells("Dropout").map((row) => row[1]), [
    "Dropout 0.25",
    "Dropout 0.25",
    "Dropout 0.25",
    "Dropout 0.5",
  ]);
  assertEquals(rows.at(-1), ["total", "", "", "5,891,274", "5,888"]);
});

Deno.test("layerTable() counts a frozen layer's weights as not trained", () => {
  const model = smallCnn({ seed: 0 });
  model.layers[0].trainable = false;
  assertEquals(rowsOf(model)[2].slice(3), ["0", "320"]);
});
