import { assertEquals } from "@std/assert";
import { MODEL_IDS } from "../../lib/models/mod.ts";
import { imagesSeen, RECIPES, recipesOf } from "../../lib/training/mod.ts";

const STUDIES = [RECIPES.dense.study, RECIPES["small-cnn"].study, RECIPES.vgg.study];

Deno.test("RECIPES has the studies' epochs, batch sizes and validation parts for each network", () => {
  const numbers = STUDIES.map(({ epochs, batchSize, validation }) => [
    epochs,
    batchSize,
    validation,
  ]);
  assertEquals(numbers, [[10, 32, 0], [10, 64, 0], [50, 256, 6_000]]);
});

Deno.test("RECIPES bear the names under which they stand", () => {
  for (const id of MODEL_IDS) {
    assertEquals(recipesOf(id).map(({ name }) => name), Object.keys(RECIPES[id]));
  }
});

Deno.test("recipesOf() begins with the study's recipe where there is one", () => {
  assertEquals(MODEL_IDS.map((id) => recipesOf(id)[0].name), ["study", "study", "fast", "study"]);
});

Deno.test("imagesSeen() counts epochs, the validation part and study B's copies", () => {
  assertEquals(STUDIES.map(imagesSeen), [600_000, 600_000, 5_400_000]);
});
