import { assert, assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { kernelSpec } from "../../lib/notebook/kernel/mod.ts";
import { jupyterOf } from "../../lib/cli/jupyter.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "write", "env");

Deno.test({
  name: "jupyterOf() describes this Deno as a kernel, and writes only what is not so yet",
  ignore,
  async fn() {
    const parent = await Deno.makeTempDir();
    const folder = join(parent, "jupyter");
    try {
      {
        await using jupyter = await jupyterOf("python", { folder });
        const { JUPYTER_PATH, JUPYTER_CONFIG_PATH, ...folders } = jupyter.variables;
        assertEquals([jupyter.python, JUPYTER_PATH, JUPYTER_CONFIG_PATH], ["python", "", ""]);
        assertEquals(Object.keys(folders).length, 6);
        for (const own of Object.values(folders)) assert(own.startsWith(folder), own);
      }
      const path = join(folder, "data/kernels/deno/kernel.json");
      const spec = JSON.parse(await Deno.readTextFile(path));
      assertEquals(spec, kernelSpec({ name: "Deno", env: { NO_COLOR: "1" } }));
      const page = join(folder, "config/labconfig/page_config.json");
      const { disabledExtensions } = JSON.parse(await Deno.readTextFile(page));
      assertEquals(Object.values(disabledExtensions), [true]);

      await Deno.writeTextFile(path, "{}");
      const before = (await Deno.stat(page)).mtime;
      await using _ = await jupyterOf("python", { folder });
      assertEquals(JSON.parse(await Deno.readTextFile(path)), spec);
      assertEquals((await Deno.stat(page)).mtime, before);
    } finally {
      await Deno.remove(parent, { recursive: true });
    }
  },
});

Deno.test({
  name: "jupyterOf() takes a temporary folder where its own may not be written, and removes it",
  ignore,
  async fn() {
    const file = await Deno.makeTempFile();
    let data: string;
    {
      await using jupyter = await jupyterOf("python", { folder: join(file, "jupyter") });
      data = jupyter.variables.JUPYTER_DATA_DIR;
      assert(existsSync(join(data, "kernels", "deno", "kernel.json")));
      for (const [name, value] of Object.entries(jupyter.variables)) {
        assert(value === "" || value.startsWith(join(data, "..")), `${name} is ${value}`);
      }
    }
    assert(!existsSync(join(data, "..")));
    await Deno.remove(file);
  },
});
