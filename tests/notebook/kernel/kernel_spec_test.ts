import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelSpec, TYPES_VARIABLE } from "../../../lib/notebook/kernel/mod.ts";
import { granted } from "../../permissions.ts";

const ignore = !granted("read", "write", "env", "run");

const INSTALL = fileURLToPath(
  new URL("../../../lib/notebook/kernel/install.ts", import.meta.url),
);

Deno.test({
  name: "kernelSpec() names this Deno, a program that is there, and the connection file last",
  ignore,
  fn() {
    const { argv, language, interrupt_mode, display_name, env } = kernelSpec({ env: { A: "1" } });
    assertEquals(argv[0], Deno.execPath());
    assert(existsSync(argv[argv.length - 2]), argv.join(" "));
    assertEquals(argv.at(-1), "{connection_file}");
    assert(argv.includes("--allow-net=127.0.0.1"), "it reaches further than this machine");
    assertEquals([language, interrupt_mode], ["typescript", "message"]);
    assertEquals([display_name, env], ["TypeScript (Deno)", { A: "1" }]);
  },
});

/** Runs install.ts as the task does. */
async function install(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-A", INSTALL, ...args],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "install.ts puts the kernel into a data folder, anew too, and takes it away again",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      const path = join(folder, "kernels", "typescript-deno", "kernel.json");
      const installed = ["--install", "--data-dir", folder];
      assertStringIncludes(await install(...installed), path);
      assertEquals(JSON.parse(await Deno.readTextFile(path)), kernelSpec());
      await install(...installed, "--no-types");
      const { env } = JSON.parse(await Deno.readTextFile(path));
      assertEquals(env, { [TYPES_VARIABLE]: "off" });
      assertEquals(JSON.parse(await install("--data-dir", folder)), kernelSpec());
      await install("--remove", "--data-dir", folder);
      assert(!existsSync(join(path, "..")));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
