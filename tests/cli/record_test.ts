import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { granted } from "../permissions.ts";
import { runCommand } from "./run_command.ts";

Deno.test({
  name: "record and ablate refuse absurd numbers and unknown names before a backend is started",
  ignore: !granted("read", "run"),
  async fn() {
    for (
      const [task, args, message] of [
        ["record", [], "name what to record"],
        ["record", ["compact", "--seeds", "1"], '--seeds is "1"'],
        ["record", ["small-cnn", "--peer-every", "x"], '--peer-every is "x"'],
        ["ablate", ["vgg"], 'the model is "vgg", expected one of small-cnn, compact'],
        ["ablate", ["compact", "--epochs", "0"], '--epochs is "0"'],
      ] as const
    ) {
      const { code, stdout, stderr } = await runCommand(task, [...args]);
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, message);
      assert(!stderr.includes("Backend:"), stderr);
    }
  },
});
