import { assertEquals, assertRejects } from "@std/assert";
import { writeAtomically } from "../../lib/files/mod.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "write");

Deno.test({
  name:
    "writeAtomically() writes text and bytes, in place of what was there, and leaves no other file",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    await writeAtomically(`${folder}/file`, "first, longer");
    await writeAtomically(`${folder}/file`, new Uint8Array([104, 105]));
    assertEquals(await Deno.readTextFile(`${folder}/file`), "hi");
    assertEquals(await Array.fromAsync(Deno.readDir(folder), ({ name }) => name), ["file"]);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "writeAtomically() leaves nothing behind when it fails",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.mkdir(`${folder}/taken/full`, { recursive: true });
    await assertRejects(() => writeAtomically(`${folder}/taken`, "text"));
    await assertRejects(() => writeAtomically(`${folder}/missing/file`, ""), Deno.errors.NotFound);
    assertEquals(await Array.fromAsync(Deno.readDir(folder), ({ name }) => name), ["taken"]);
    await Deno.remove(folder, { recursive: true });
  },
});
