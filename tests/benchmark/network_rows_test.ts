import { assertEquals } from "@std/assert";
import { MODEL_OF_ROW, NETWORK_ROW_IDS, networkRowOf } from "../../lib/benchmark/mod.ts";
import { MODEL_IDS } from "../../lib/models/mod.ts";
import { recipesOf } from "../../lib/training/mod.ts";

Deno.test("networkRowOf() gives each recipe of a network the row that the table has for it", () => {
  const rows = MODEL_IDS.map((id) => recipesOf(id).map((recipe) => networkRowOf(id, recipe)));
  assertEquals(rows, [
    ["dense"],
    ["small-cnn", "small-cnn-fast"],
    ["compact-fast", "compact"],
    ["vgg", "vgg"],
  ]);
});

Deno.test("MODEL_OF_ROW names the network that networkRowOf() had", () => {
  for (const row of NETWORK_ROW_IDS) {
    const model = MODEL_OF_ROW[row];
    assertEquals(networkRowOf(model, { name: row.slice(model.length + 1) }), row);
  }
});
