import { assert, assertEquals } from "@std/assert";
import {
  filesRead,
  hashCells,
  provenanceOf,
  sha256,
  staleness,
  withProvenance,
} from "../../lib/notebook_files/mod.ts";
import { code, notebookOf, prose, stream } from "./fixtures.ts";

const notebook = notebookOf(prose("a"), code(["b\n", "c"], 1));

Deno.test("hashCells() sees sources and kinds of cells, not outputs or line breaks' places", async () => {
  const hash = await hashCells(notebook);
  assertEquals(hash.length, 64);
  assertEquals(
    await hashCells(notebookOf(prose("a"), code("b\nc", 2, stream("stdout", "d")))),
    hash,
  );
  assert(await hashCells(notebookOf(prose("a!"), code("b\nc", 1))) !== hash);
  assert(await hashCells(notebookOf(prose("a"), prose("b\nc"))) !== hash);
});

Deno.test("sha256() gives the known hash of nothing", async () => {
  const known = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  assertEquals(await sha256(new Uint8Array()), known);
});

Deno.test("staleness() tells a changed cell, a changed file, a lost file and no run apart", async () => {
  const files = new Map([["data/a", "1"], ["data/b", "2"]]);
  const hashFile = (path: string) => Promise.resolve(files.get(path));
  const inputs = { "data/a": "1", "data/b": "2" };
  const fresh = withProvenance(notebook, { cells: await hashCells(notebook), inputs });
  assertEquals(provenanceOf(fresh)?.inputs, inputs);
  assertEquals(await staleness(fresh, hashFile), []);
  assertEquals((await staleness(notebook, hashFile)).length, 1);
  files.set("data/a", "other");
  files.delete("data/b");
  const changed = { ...fresh, cells: notebookOf(prose("z")).cells };
  assertEquals(await staleness(changed, hashFile), [
    "its outputs are stale: a cell was changed after the run",
    "its outputs are stale: data/a was changed after the run",
    "its outputs are stale: data/b is gone after the run",
  ]);
  const read = ["data/a", "data/c"];
  files.set("data/a", "1").set("data/b", "2");
  assertEquals(await staleness(fresh, hashFile, { read }), [
    "its outputs are stale: data/c was not read in the run",
  ]);
});

Deno.test("filesRead() finds what was read below a folder, however it was named", () => {
  const log = [
    { v: 1, permission: "read", value: "../data/results/knn" },
    { v: 1, permission: "write", value: "../data/results/written.json" },
    { v: 1, permission: "read", value: "file:///repo/data/results/b.json" },
    { v: 1, permission: "read", value: "/repo/data/results/a.json" },
    { v: 1, permission: "read", value: "../data/results/../results/a.json" },
    { v: 1, permission: "read", value: "../data/cache/images" },
    { v: 1, permission: "net", value: "127.0.0.1" },
  ].map((line) => JSON.stringify(line)).join("\n") + "\n";
  const options = { root: "/repo", cwd: "/repo/notebooks", under: ["data/results"] };
  assertEquals(filesRead(log, options), [
    "data/results/a.json",
    "data/results/b.json",
    "data/results/knn",
  ]);
});
