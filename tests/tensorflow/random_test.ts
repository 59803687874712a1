import { assert, assertEquals } from "@std/assert";
import { derivedSeed, randomStream } from "../../lib/tensorflow/mod.ts";

const draws = (stream: () => number, count = 5) => Array.from({ length: count }, stream);

Deno.test("randomStream() repeats for the same seed and path, and differs for any other", () => {
  const reference = draws(randomStream(1, "shuffle", 2));
  assertEquals(draws(randomStream(1, "shuffle", 2)), reference);
  for (const other of [randomStream(2, "shuffle", 2), randomStream(1, "shuffle", 3)]) {
    assert(draws(other).every((value, i) => value !== reference[i]));
  }
});

Deno.test("randomStream() is uniform on [0, 1): mean 1/2, variance 1/12 within 4 standard errors", () => {
  const values = draws(randomStream(0, "uniform"), 100_000);
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert(values.every((value) => value >= 0 && value < 1));
  assert(Math.abs(mean - 1 / 2) < 4 * Math.sqrt(1 / 12 / values.length));
  assert(Math.abs(variance - 1 / 12) < 4 * Math.sqrt(1 / 180 / values.length));
});

Deno.test("derivedSeed() is a 31-bit integer that differs between names", () => {
  const seeds = ["conv1", "conv2", "dense1"].map((name) => derivedSeed(0, name));
  assertEquals(new Set(seeds).size, seeds.length);
  assert(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31));
});
