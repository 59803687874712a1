import { assert, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { runModule } from "../../lib/setup/attended.ts";
import { findPython } from "../../lib/setup/python.ts";
import { granted } from "../permissions.ts";

const python = granted("read", "run") ? await findPython().catch(() => undefined) : undefined;

Deno.test({
  name: "runModule() rejects when the module fails",
  ignore: python === undefined,
  fn: async () => {
    if (python === undefined) return;
    await runModule(python, "compileall", { args: ["-qq", "no-such-file"] });
    await assertRejects(
      () => runModule(python, "no_such_module"),
      Error,
      `Cannot run ${python} -m no_such_module: exit code 1`,
    );
  },
});

Deno.test({
  name: "attended.py ends, with what it started, when its starter does",
  ignore: python === undefined || Deno.build.os === "windows",
  fn: async () => {
    if (python === undefined) return;
    const sleep = "import subprocess, time; subprocess.run(['sleep', '60'])";
    const script = fileURLToPath(new URL("../../lib/setup/attended.py", import.meta.url));
    const child = new Deno.Command(python, {
      args: ["-I", script, "timeit", "-n", "1", sleep],
      stdin: "piped",
      stderr: "null",
    }).spawn();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    await child.stdin.close();
    const { signal } = await child.status;
    assert(signal === "SIGKILL");
    assert(performance.now() - start < 10_000);
  },
});
