import { assert, assertEquals } from "@std/assert";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import member from "../../lib/tensorflow/deno.json" with { type: "json" };
import { findTensorflowLibrary } from "../../lib/tensorflow/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "./available.ts";

const FOLDER = fileURLToPath(new URL("../../lib/tensorflow", import.meta.url));
const EXAMPLE = fileURLToPath(new URL("alone_example.ts", import.meta.url));

for (const backend of ["tensorflow", "wasm"]) {
  Deno.test({
    name: `lib/tensorflow trains alone in another project on ${backend}`,
    ignore: !granted("read", "write", "run") || backend === "tensorflow" && !tensorflowAvailable(),
    async fn() {
      const elsewhere = await Deno.makeTempDir();
      await cp(FOLDER, `${elsewhere}/tensorflow`, { recursive: true });
      await Deno.copyFile(EXAMPLE, `${elsewhere}/main.ts`);
      const imports = { "@tensorflow/tfjs": member.imports["@tensorflow/tfjs"] };
      const config = { workspace: ["./tensorflow"], imports, lock: false };
      await Deno.writeTextFile(`${elsewhere}/deno.json`, JSON.stringify(config));
      const library = backend === "tensorflow" ? findTensorflowLibrary() : "/nowhere";
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--check", "--allow-read", "--allow-env", "--allow-ffi", "main.ts"],
        cwd: elsewhere,
        env: { TENSORFLOW_LIBRARY: library, BACKEND: "" },
        stdin: "null",
      }).output();
      const said = new TextDecoder().decode(stderr);
      assertEquals(code, 0, said);
      const { name, loss } = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals(name, backend, said);
      assert(loss < 0.1, `loss is ${loss}`);
      await Deno.remove(elsewhere, { recursive: true });
    },
  });
}

Deno.test("lib/tensorflow/deno.json names the versions that the project has", () => {
  const versions: Record<string, string> = project.imports;
  for (const [name, version] of Object.entries(member.imports)) {
    assertEquals(versions[name], version);
  }
});
