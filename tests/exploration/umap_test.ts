import { assert, assertEquals, assertRejects } from "@std/assert";
import { umap } from "../../lib/exploration/mod.ts";
import { randomStream } from "../../lib/tensorflow/mod.ts";

/** Two clouds of 20 points, far apart in three dimensions. */
const random = randomStream(0, "points");
const points = Array.from(
  { length: 40 },
  (_, i) => [i < 20 ? 0 : 50, 0, 0].map((centre) => centre + random()),
);

Deno.test("umap() keeps two clouds apart", async () => {
  const map = await umap(points, { seed: 0, neighbors: 5 });
  const middle = (from: number) =>
    [0, 1].map((axis) => map.slice(from, from + 20).reduce((sum, p) => sum + p[axis], 0) / 20);
  const [a, b] = [middle(0), middle(20)];
  map.forEach((point, i) => {
    const own = Math.hypot(point[0] - (i < 20 ? a : b)[0], point[1] - (i < 20 ? a : b)[1]);
    const other = Math.hypot(point[0] - (i < 20 ? b : a)[0], point[1] - (i < 20 ? b : a)[1]);
    assert(own < other, `point ${i}`);
  });
});

Deno.test("umap() draws by the seed, tells its progress and stops", async () => {
  const seen: number[] = [];
  const options = { seed: 1, neighbors: 5, onProgress: (done: number) => seen.push(done) };
  assertEquals(await umap(points, options), await umap(points, { seed: 1, neighbors: 5 }));
  assert(seen.length > 1 && seen.every((done, i) => i === 0 || done > seen[i - 1]));
  await assertRejects(() => umap(points, { seed: 0, signal: AbortSignal.abort() }), DOMException);
  await assertRejects(() => umap(points.slice(0, 5), { seed: 0 }), RangeError, "5 points");
});

Deno.test("umap() spreads crowds by the least distance", async () => {
  const crowding = async (minDistance: number) => {
    const map = await umap(points, { seed: 0, neighbors: 5, minDistance });
    const nearest = map.map(([x, y], i) =>
      Math.min(...map.filter((_, j) => j !== i).map(([u, v]) => Math.hypot(x - u, y - v)))
    );
    return nearest.reduce((sum, distance) => sum + distance, 0) / map.length;
  };
  assert(await crowding(0.8) > 1.5 * await crowding(0.01));
  await assertRejects(() => umap(points, { seed: 0, minDistance: -0.1 }), RangeError, "is -0.1");
  await assertRejects(() => umap(points, { seed: 0, minDistance: 2 }), RangeError, "0 to 1");
});
