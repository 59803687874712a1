import { assertAlmostEquals, assertEquals } from "@std/assert";
import { learningPoints } from "../../lib/benchmark/mod.ts";
import { KNN_RESULT, networkResult } from "./fixtures.ts";

Deno.test("learningPoints() counts each image as often as it was seen", () => {
  const run = networkResult(0, 999);
  const check = (points: { x: number; y: number }[], images: number[]) => {
    assertEquals(points.length, images.length);
    points.forEach(({ x, y }, i) => {
      assertAlmostEquals(x, images[i] / 1e6, 1e-12);
      assertAlmostEquals(y, 79, 1e-12);
    });
  };
  check(learningPoints(run), [55_000, 110_000]);
  // The study's copies double an epoch.
  const copied = { ...run.recipe, augmentation: "study copies" } as const;
  check(learningPoints({ ...run, recipe: copied }), [110_000, 220_000]);
});

Deno.test("learningPoints() counts a step's arithmetic as three predictions of one view", () => {
  const run = { ...networkResult(0, 999), flopsPerImage: 2_000_000 };
  const xs = (result: typeof run) =>
    learningPoints(result, { against: "arithmetic" }).map(({ x }) => x);
  xs(run).forEach((x, i) => assertAlmostEquals(x, 0.33 * (i + 1), 1e-12));
  const mirrored = { ...run.recipe, views: "mirrored" } as const;
  xs({ ...run, recipe: mirrored }).forEach((x, i) => assertAlmostEquals(x, 0.165 * (i + 1), 1e-12));
});

Deno.test("learningPoints() leaves out what has no validation", () => {
  assertEquals(learningPoints(KNN_RESULT), []);
  const run = networkResult(0, 999);
  const [first, { validation: _, ...second }] = run.history;
  assertEquals(learningPoints({ ...run, history: [first, second] }).length, 1);
});
