import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { granted } from "../permissions.ts";

Deno.test({
  name: "deno task setup exits with 1 and one line for an option that it lacks",
  ignore: !granted("read", "run"),
  fn: async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-prompt",
        fileURLToPath(new URL("../../lib/cli/setup.ts", import.meta.url)),
        "--cpu",
      ],
    }).output();
    assertEquals(code, 1);
    assertEquals(stdout.length, 0);
    const lines = new TextDecoder().decode(stderr).trimEnd().split("\n");
    assertStringIncludes(lines.at(-1) ?? "", "error: Unknown option '--cpu'");
  },
});
