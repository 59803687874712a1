import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { environmentFolder, folder } from "../../../lib/dataset/files/mod.ts";
import type { Source } from "../../../lib/dataset/files/mod.ts";
import { granted } from "../../permissions.ts";
import { smallFile, temporaryFolder } from "./fixtures.ts";

const images = await smallFile("images", "pixels");
const labels = await smallFile("labels", "numbers");
const log = () => {};

async function contentsOf(source: Source): Promise<Uint8Array[]> {
  const found = await Array.fromAsync(source.read([images.file, labels.file], { log }));
  return found.map(({ content }) => content);
}

Deno.test({
  name: "folder() reads files, compressed or not",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    await Deno.writeFile(`${directory.path}/images.gz`, images.compressed);
    await Deno.writeFile(`${directory.path}/labels`, labels.content);
    assertEquals(await contentsOf(folder(directory.path)), [images.content, labels.content]);
  },
});

Deno.test({
  name: "folder() names the file that it lacks",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    await Deno.writeFile(`${directory.path}/images`, images.content);
    await assertRejects(
      () => contentsOf(folder(directory.path)),
      Deno.errors.NotFound,
      `no labels or labels.gz in ${directory.path}`,
    );
  },
});

Deno.test({
  name: "folder() rejects another file's content, a file that is too large, and a folder",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    const path = `${directory.path}/images`;
    const rejects = (message: string) =>
      assertRejects(() => contentsOf(folder(directory.path)), Deno.errors.InvalidData, message);
    await Deno.writeFile(path, labels.content);
    await rejects(`Cannot use ${path}: SHA-256 of its content is ${labels.file.sha256}`);
    await Deno.writeFile(path, new Uint8Array(5_000));
    await rejects(`Cannot use ${path}: it is 5000 bytes, expected at most 600`);
    await Deno.remove(path);
    await Deno.mkdir(path);
    await rejects(`Cannot use ${path}: it is not a file`);
  },
});

Deno.test({
  name: "environmentFolder() reads the folder that the variable names, from where the user is",
  ignore: !granted("read", "write", "env"),
  async fn() {
    const variable = "FASHION_MNIST_TEST_DIR";
    assertEquals(environmentFolder(variable), undefined);
    await using directory = await temporaryFolder();
    await Deno.mkdir(`${directory.path}/data`);
    await Deno.writeFile(`${directory.path}/data/images.gz`, images.compressed);
    await Deno.writeFile(`${directory.path}/data/labels.gz`, labels.compressed);
    const caller = Deno.env.get("INIT_CWD");
    Deno.env.set("INIT_CWD", directory.path);
    try {
      for (const named of [`${directory.path}/data`, "data", "./data/"]) {
        Deno.env.set(variable, named);
        const source = environmentFolder(variable);
        assert(source?.chosen);
        assertEquals(await contentsOf(source), [images.content, labels.content]);
      }
      for (const named of ["date", "data/images.gz"]) {
        Deno.env.set(variable, named);
        assertThrows(
          () => environmentFolder(variable),
          Deno.errors.NotFound,
          `Cannot use ${variable}: ${directory.path}/${named} is no folder`,
        );
      }
    } finally {
      Deno.env.delete(variable);
      if (caller === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", caller);
    }
  },
});
