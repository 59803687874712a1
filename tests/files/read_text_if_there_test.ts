import { assertEquals, assertRejects } from "@std/assert";
import { readTextIfThere } from "../../lib/files/mod.ts";
import { granted } from "../permissions.ts";

Deno.test({
  name: "readTextIfThere() reads a file, gives undefined where there is none, and no folder",
  ignore: !granted("read", "write"),
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/file`, "text");
    assertEquals(await readTextIfThere(`${folder}/file`), "text");
    assertEquals(await readTextIfThere(`${folder}/missing`), undefined);
    await assertRejects(() => readTextIfThere(folder));
    await Deno.remove(folder, { recursive: true });
  },
});
