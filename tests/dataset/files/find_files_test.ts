import { assert, assertEquals, assertRejects } from "@std/assert";
import { findFiles, type Source } from "../../../lib/dataset/files/mod.ts";
import { granted } from "../../permissions.ts";
import { entriesOf, smallFile, temporaryFolder } from "./fixtures.ts";

const images = await smallFile("images", "pixels");
const labels = await smallFile("labels", "numbers");
const all = [images, labels];
const files = all.map(({ file }) => file);
const contents = all.map(({ content }) => content);
const ignore = !granted("read", "write");

/** A source with these files, which notes what it is asked for. */
function source(
  place: string,
  has: typeof all,
  { chosen = false, asked = [], error = new Deno.errors.NotFound("nothing more") }: {
    chosen?: boolean;
    asked?: string[];
    error?: Error;
  } = {},
): Source {
  return {
    place,
    chosen,
    async *read(wanted) {
      for (const file of wanted) {
        asked.push(file.name);
        const found = has.find((one) => one.file === file);
        if (found === undefined) throw error;
        yield await Promise.resolve(found);
      }
    },
  };
}

/** Finds both files with a cache of its own, and gives what was logged as well. */
async function find(cacheDirectory: string, sources: Source[], signal?: AbortSignal) {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  return { found: await findFiles(files, sources, { cacheDirectory, log, signal }), lines };
}

Deno.test({
  name: "findFiles() asks the first source that has the files, then only the cache",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    const asked: string[] = [];
    const sources = [source("A", []), source("B", all), source("C", all, { asked })];
    const first = await find(cache.path, sources);
    assertEquals(first.found, contents);
    assertEquals(first.lines, ["Found images, labels in B"]);
    assertEquals(asked, []);
    assertEquals(await entriesOf(cache.path), ["images", "labels"]);
    assertEquals(await find(cache.path, []), { found: contents, lines: [] });
  },
});

Deno.test({
  name: "findFiles() asks the next source only for what is missing",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    const asked: string[] = [];
    const { found } = await find(cache.path, [source("A", [images]), source("B", all, { asked })]);
    assertEquals(found, contents);
    assertEquals(asked, ["labels"]);
  },
});

Deno.test({
  name: "findFiles() reports a corrupt cache in one line and replaces it",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    await find(cache.path, [source("A", all)]);
    await Deno.writeFile(`${cache.path}/images`, labels.content);
    const asked: string[] = [];
    const { found, lines } = await find(cache.path, [source("A", all, { asked })]);
    assertEquals(found, contents);
    assertEquals(asked, ["images"]);
    assertEquals(lines.length, 2);
    assert(lines[0].startsWith(`Cannot use ${cache.path}/images: SHA-256 of its content is `));
    assertEquals(await Deno.readFile(`${cache.path}/images`), images.content);
  },
});

Deno.test({
  name: "findFiles() names every place and its reason when all fail",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    const denied = { error: new Deno.errors.NotCapable("Requires net access") };
    const error = await assertRejects(
      () => find(cache.path, [source("A", [images]), source("B", [], denied)]),
      Deno.errors.NotFound,
      "Cannot find labels. Tried:\n- the cache: ",
    );
    assert(error.message.includes("\n- A: nothing more\n- B: Requires net access\n"));
    assert(error.message.includes("set FASHION_MNIST_DIR"));
  },
});

Deno.test({
  name: "findFiles() goes on after wrong content or none, but not in a place that the user chose",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    const wrong = { error: new Deno.errors.InvalidData("wrong content") };
    await assertRejects(
      () => find(cache.path, [source("A", [], { ...wrong, chosen: true }), source("B", all)]),
      Deno.errors.InvalidData,
      "A: wrong content",
    );
    const asked: string[] = [];
    await assertRejects(
      () => find(cache.path, [source("A", [], { chosen: true }), source("B", all, { asked })]),
      Deno.errors.NotFound,
      "A: nothing more",
    );
    assertEquals(asked, []);
    const { found } = await find(cache.path, [source("A", [], wrong), source("B", all)]);
    assertEquals(found, contents);
  },
});

Deno.test({
  name: "findFiles() gives the files even if it cannot keep them",
  ignore,
  async fn() {
    await using directory = await temporaryFolder();
    const notAFolder = `${directory.path}/cache`;
    await Deno.writeTextFile(notAFolder, "");
    const { found, lines } = await find(notAFolder, [source("A", all)]);
    assertEquals(found, contents);
    assert(lines[0].startsWith(`Cannot keep images in ${notAFolder}: `));
  },
});

Deno.test({
  name: "findFiles() throws the signal's AbortError",
  ignore,
  async fn() {
    await using cache = await temporaryFolder();
    const error = await assertRejects(
      () => find(cache.path, [source("A", all)], AbortSignal.abort()),
      DOMException,
    );
    assertEquals(error.name, "AbortError");
    assertEquals(await entriesOf(cache.path), []);
  },
});
