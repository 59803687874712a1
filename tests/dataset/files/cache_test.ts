import { assertEquals, assertRejects } from "@std/assert";
import { readCache, writeCache } from "../../../lib/dataset/files/cache.ts";
import { granted } from "../../permissions.ts";
import { entriesOf, smallFile, temporaryFolder } from "./fixtures.ts";

const { file, content } = await smallFile("images", "pixels");

Deno.test({
  name: "writeCache() makes the folder, and readCache() gives back what was written",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    const cache = `${directory.path}/data/cache`;
    await assertRejects(() => readCache(cache, file), Deno.errors.NotFound);
    await writeCache(cache, file, content);
    assertEquals(await readCache(cache, file), content);
    assertEquals(await entriesOf(cache), ["images"]);
  },
});

Deno.test({
  name: "readCache() rejects a file that changed by one byte or was cut short",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    const changed = content.slice();
    changed[0] ^= 1;
    for (const wrong of [changed, content.subarray(1), new Uint8Array()]) {
      await Deno.writeFile(`${directory.path}/images`, wrong);
      await assertRejects(() => readCache(directory.path, file), Deno.errors.InvalidData);
    }
  },
});

Deno.test({
  name: "writeCache() leaves nothing behind when it fails",
  ignore: !granted("read", "write"),
  async fn() {
    await using directory = await temporaryFolder();
    // A folder in the file's place makes the rename fail.
    await Deno.mkdir(`${directory.path}/images`);
    await assertRejects(() => writeCache(directory.path, file, content));
    assertEquals(await entriesOf(directory.path), ["images"]);
  },
});
