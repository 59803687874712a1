import { assertEquals, assertRejects } from "@std/assert";
import { readMetric, writeMetric } from "../../lib/benchmark/metric_file.ts";
import { LearnedMetric } from "../../lib/knn/mod.ts";
import { granted } from "../permissions.ts";
import { withFolder } from "./fixtures.ts";

const ignore = !granted("read", "write");
const METRIC = new LearnedMetric(Int8Array.of(-127, 0, 5, 127, 1, -1), {
  centres: Int32Array.of(-70_000, 12),
  scale: 3.25,
});

Deno.test({
  name: "readMetric() reads back what writeMetric() wrote, with the same SHA-256",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const sha256 = await writeMetric(METRIC, folder);
      assertEquals(await readMetric(folder), { metric: METRIC, sha256 });
    }),
});

Deno.test({
  name: "readMetric() refuses a damaged file by the name of the field",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await writeMetric(METRIC, folder);
      const path = `${folder}/metric.json`;
      const text = await Deno.readTextFile(path);
      const json = JSON.parse(text);
      const damaged = async (
        text: string,
        [error, message]: [new (message: string) => Error, string],
      ) => {
        await Deno.writeTextFile(path, text);
        await assertRejects(() => readMetric(folder), error, message);
      };
      await damaged(text.slice(0, 20), [SyntaxError, "it is not JSON"]);
      const change = (change: object) => JSON.stringify({ ...json, ...change });
      await damaged(change({ weights: "*" }), [SyntaxError, "weights is"]);
      await damaged(change({ weights: "AAAA" }), [RangeError, "3 weights are no rows for 2"]);
      await damaged(change({ centres: "AAAA" }), [RangeError, "numbers of 4 bytes"]);
      await damaged(change({ scale: "1" }), [TypeError, "scale is"]);
      await damaged(change({ more: 1 }), [TypeError, "more is an unknown field"]);
      await Deno.remove(path);
      await assertRejects(() => readMetric(folder), Deno.errors.NotFound);
    }),
});
