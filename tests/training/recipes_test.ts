import { assertEquals } from "@std/assert";
import { MODEL_IDS } from "../../lib/models/mod.ts";
import { RECIPES } from "../../lib/training/mod.ts";

Deno.test("RECIPES has the studies' epochs, batch sizes and validation parts for each network", () => {
  const numbers = MODEL_IDS.map((id) => RECIPES[id])
    .map(({ epochs, batchSize, validation }) => [epochs, batchSize, validation]);
  assertEquals(numbers, [[10, 32, 0], [10, 64, 0], [50, 256, 5_000]]);
});
