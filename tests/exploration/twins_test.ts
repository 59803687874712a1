import { assertEquals } from "@std/assert";
import { ImageDataset } from "../../lib/dataset/mod.ts";
import { closestTwins, pairsOnce, twinsWithin } from "../../lib/exploration/mod.ts";

const images = (...labels: number[]) =>
  new ImageDataset(new Uint8Array(4 * labels.length), Uint8Array.from(labels), {
    height: 2,
    width: 2,
  });

Deno.test("closestTwins() takes the nearest of each query's neighbours, most alike first", () => {
  const nearest = {
    indices: Uint32Array.of(1, 0, 2, 0, 0, 1),
    distances: Uint32Array.of(64, 65, 4, 100, 16, 17),
  };
  // The root of the mean of 64 over 4 pixels is 4.
  assertEquals(closestTwins(nearest, images(5, 6, 7), { train: images(7, 5, 3) }), [
    { query: 1, match: 2, difference: 1, sameLabel: false },
    { query: 2, match: 0, difference: 2, sameLabel: true },
    { query: 0, match: 1, difference: 4, sameLabel: true },
  ]);
});

Deno.test("pairsOnce() keeps the first of two twins who name each other", () => {
  const twins = [[3, 1], [1, 3], [2, 3], [4, 31], [43, 1]].map(([query, match]) => ({
    query,
    match,
    difference: 0,
    sameLabel: true,
  }));
  const kept = pairsOnce(twins).map(({ query, match }) => [query, match]);
  assertEquals(kept, [[3, 1], [2, 3], [4, 31], [43, 1]]);
});

Deno.test("twinsWithin() counts those below the limit, and of them those with two labels", () => {
  const twins = [[1, true], [2, false], [4, true], [4.5, false]] as const;
  const all = twins.map(([difference, sameLabel]) => ({
    query: 0,
    match: 1,
    difference,
    sameLabel,
  }));
  assertEquals(twinsWithin(all, 4), { count: 2, twoLabels: 1 });
  assertEquals(twinsWithin(all, 1), { count: 0, twoLabels: 0 });
  assertEquals(twinsWithin(all, 255), { count: 4, twoLabels: 2 });
});
