import { assertEquals } from "@std/assert";
import { MODEL_IDS } from "../../lib/models/mod.ts";
import { FAST_RECIPES, imagesSeen, RECIPES } from "../../lib/training/mod.ts";

Deno.test("RECIPES has the studies' epochs, batch sizes and validation parts for each network", () => {
  const numbers = MODEL_IDS.map((id) => RECIPES[id])
    .map(({ epochs, batchSize, validation }) => [epochs, batchSize, validation]);
  assertEquals(numbers, [[10, 32, 0], [10, 64, 0], [50, 256, 5_000]]);
});

Deno.test("FAST_RECIPES bear their name and cut a validation part off", () => {
  for (const { name, validation } of Object.values(FAST_RECIPES)) {
    assertEquals([name, validation], ["fast", 5_000]);
  }
});

Deno.test("imagesSeen() counts epochs, the validation part and study B's copies", () => {
  assertEquals(MODEL_IDS.map((id) => imagesSeen(RECIPES[id])), [600_000, 600_000, 5_500_000]);
});
