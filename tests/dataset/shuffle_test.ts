import { assert, assertEquals } from "@std/assert";
import { shuffle } from "../../lib/dataset/shuffle.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

Deno.test("shuffle() gives every order equally often", () => {
  const random = randomStream(0, "shuffle_test");
  const counts = new Map<string, number>();
  for (let n = 0; n < 6_000; n++) {
    const values = Uint32Array.of(0, 1, 2);
    shuffle(values, random);
    counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  // 1,000 of each are expected, with a standard deviation of 29.
  for (const [order, count] of counts) assert(Math.abs(count - 1_000) < 120, `${order}: ${count}`);
});

Deno.test("shuffle() takes none and one", () => {
  const none = new Uint32Array();
  const one = Uint32Array.of(7);
  shuffle(none, Math.random);
  shuffle(one, Math.random);
  assertEquals([[...none], [...one]], [[], [7]]);
});
