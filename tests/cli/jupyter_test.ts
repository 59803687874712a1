import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { jupyterVariables, writeJupyterFiles } from "../../lib/cli/jupyter.ts";
import { granted } from "../permissions.ts";
import { ROOT } from "./run_command.ts";

const ignore = !granted("read", "write");

Deno.test({
  name: "writeJupyterFiles() describes this Deno as a kernel, and writes only what is not so yet",
  ignore,
  fn: async () => {
    const environment = await Deno.makeTempDir();
    try {
      await writeJupyterFiles(environment);
      const path = join(environment, "share/jupyter/kernels/deno/kernel.json");
      const { argv, language, display_name } = JSON.parse(await Deno.readTextFile(path));
      assertEquals(argv, [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"]);
      assertEquals([language, display_name], ["typescript", "Deno"]);
      const page = join(environment, "etc/jupyter/labconfig/page_config.json");
      const { disabledExtensions } = JSON.parse(await Deno.readTextFile(page));
      assertEquals(Object.values(disabledExtensions), [true]);

      await Deno.writeTextFile(path, "{}");
      const before = (await Deno.stat(page)).mtime;
      await writeJupyterFiles(environment);
      assertEquals(JSON.parse(await Deno.readTextFile(path)).argv, argv);
      assertEquals((await Deno.stat(page)).mtime, before);
    } finally {
      await Deno.remove(environment, { recursive: true });
    }
  },
});

Deno.test("jupyterVariables() keeps Jupyter's folders within .venv, and the user's out", () => {
  const { JUPYTER_PATH, JUPYTER_CONFIG_PATH, ...folders } = jupyterVariables();
  assertEquals([JUPYTER_PATH, JUPYTER_CONFIG_PATH], ["", ""]);
  assertEquals(Object.keys(folders).length, 6);
  for (const folder of Object.values(folders)) {
    assert(folder.startsWith(join(ROOT, ".venv")), folder);
  }
});
