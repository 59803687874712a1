import { assertEquals, assertRejects } from "@std/assert";
import { readResults, stringifyRunResult, writeResult } from "../../lib/benchmark/mod.ts";
import { granted } from "../permissions.ts";
import { KNN_RESULT, networkResult, withFolder } from "./fixtures.ts";

const ignore = !granted("read", "write");

Deno.test({
  name: "readResults() reads what writeResult() wrote, in the table's order",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const runs = [networkResult(1, 900), networkResult(0, 950), KNN_RESULT];
      for (const run of runs) await writeResult(folder, run);
      assertEquals(await readResults(folder), runs.toReversed());
    }),
});

Deno.test({
  name: "writeResult() replaces an earlier file of the seed and leaves no other behind",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await writeResult(folder, networkResult(0, 900));
      const path = await writeResult(folder, networkResult(0, 800));
      assertEquals(path, `${folder}/small-cnn/seed-0.json`);
      const entries = await Array.fromAsync(Deno.readDir(`${folder}/small-cnn`));
      assertEquals(entries.map(({ name }) => name), ["seed-0.json"]);
      assertEquals(await readResults(folder), [networkResult(0, 800)]);
    }),
});

Deno.test({
  name: "readResults() has no results where there is no folder",
  ignore,
  fn: () => withFolder(async (folder) => assertEquals(await readResults(`${folder}/none`), [])),
});

Deno.test({
  name: "readResults() rejects a damaged file, another model's and a repeated seed, by path",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      await writeResult(folder, networkResult(0, 900));
      const path = `${folder}/small-cnn/seed-1.json`;
      const files: [text: string, ErrorClass: ErrorConstructor, message: string][] = [
        ["{", SyntaxError, "it is not JSON"],
        [stringifyRunResult(KNN_RESULT), RangeError, "model is knn, expected small-cnn"],
        [stringifyRunResult(networkResult(0, 1)), RangeError, "seed is 0, which"],
      ];
      for (const [text, ErrorClass, message] of files) {
        await Deno.writeTextFile(path, text);
        await assertRejects(() => readResults(folder), ErrorClass, path);
        await assertRejects(() => readResults(folder), ErrorClass, message);
      }
    }),
});
