import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  type Ablation,
  ablationRows,
  readAblation,
  secondsPoints,
  variations,
  writeAblation,
} from "../../lib/benchmark/mod.ts";
import { RECIPES } from "../../lib/training/mod.ts";
import { networkResult } from "./fixtures.ts";

await tf.setBackend("cpu");

const { commit, date, versions, machine, backend } = networkResult(0, 0);

/** A run of two epochs, the second in twice the seconds of the first. */
function run(variation: string, seed: number, accuracy: number, seconds = 30) {
  return {
    variation,
    seed,
    epochs: 2,
    seconds,
    accuracy: { alone: accuracy, mirrored: accuracy + 0.01 },
    history: [{ seconds: seconds / 3, accuracy: accuracy - 0.1 }, { seconds, accuracy }],
    commit,
    date,
    versions,
    machine,
    backend,
  };
}

const ABLATION: Ablation = {
  model: "small-cnn",
  runs: [
    run("fast", 0, 0.92),
    run("without Muon", 0, 0.91),
    run("fast", 1, 0.93, 60),
    run("without Muon", 1, 0.92),
    run("with flips", 2, 0.9),
  ],
};

Deno.test("ablationRows() compares runs of one seed, and has no difference without a common one", () => {
  const rows = ablationRows(ABLATION, { view: "alone" });
  assertEquals(rows.map(({ variation, seeds }) => [variation, seeds]), [
    ["fast", "2"],
    ["without Muon", "2"],
    ["with flips", "1"],
  ]);
  assertEquals(rows.map((row) => row["validation accuracy ± sd, %"]), [
    "92.50 ± 0.71",
    "91.50 ± 0.71",
    "90.00",
  ]);
  assertEquals(rows.map((row) => row["difference, points"]), ["", "−1.00 ± 0.00", ""]);
  assertEquals(rows[0]["training, s"], "45");
  assertEquals(
    ablationRows(ABLATION, { view: "mirrored" })[2]["validation accuracy ± sd, %"],
    "91.00",
  );
});

Deno.test("secondsPoints() are the means over the seeds after each epoch", () => {
  const points = secondsPoints(ABLATION, "fast");
  assertEquals(points.map(({ x }) => x), [15, 45]);
  assertEquals(points.map(({ y }) => y.toFixed(6)), ["82.500000", "92.500000"]);
  assertEquals(secondsPoints(ABLATION, "nothing"), []);
});

Deno.test("variations() change one thing of the recipe each, on one validation part", () => {
  for (const id of ["small-cnn", "compact"] as const) {
    const [{ name, recipe: base }, ...others] = variations(id, { epochs: 1 });
    assertEquals([name, base.validation, base.epochs], ["fast", 5_000, 1]);
    const { epochs } = RECIPES[id].fast;
    assertEquals<unknown>({ ...base, epochs, validation: 0 }, RECIPES[id].fast);
    const names = new Set(others.map(({ name }) => name));
    assertEquals(names.size, others.length);
    for (const { name, recipe } of others) {
      assertEquals([recipe.name, recipe.validation], [name, 5_000]);
      if (name !== "study") assertEquals(recipe.epochs, 1, name);
    }
  }
});

Deno.test("writeAblation() writes what readAblation() reads back, strictly", async () => {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/small-cnn.json`;
  try {
    assertEquals(await readAblation(path, "compact"), { model: "compact", runs: [] });
    await writeAblation(path, ABLATION);
    assertEquals(await readAblation(path, "small-cnn"), ABLATION);
    await assertRejects(() => readAblation(path, "compact"), RangeError, "model");
    await Deno.writeTextFile(path, JSON.stringify({ ...ABLATION, runs: [{ seed: 0 }] }));
    await assertRejects(() => readAblation(path, "small-cnn"), TypeError, "runs[0].variation");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
