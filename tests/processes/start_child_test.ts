import { assertEquals, assertThrows } from "@std/assert";
import { startChild } from "../../lib/processes/mod.ts";
import { granted } from "../permissions.ts";
import { ROOT } from "../cli/run_command.ts";

const ignore = !granted("read", "run");
const MODULE = new URL("../../lib/processes/mod.ts", import.meta.url).href;

/** Says that it has started, and five seconds later that it is still there. */
const CHILD = `console.log("started"); setTimeout(() => console.log("outlived"), 5_000);`;

Deno.test({
  name: "startChild() ends the program when the signal is aborted, and starts none afterwards",
  ignore,
  async fn() {
    const controller = new AbortController();
    const { signal } = controller;
    const args = ["eval", CHILD];
    const child = startChild(Deno.execPath(), { args, stdout: "piped", signal });
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      controller.abort();
    }
    assertEquals(said, "started\n");
    assertEquals((await child.status).success, false);
    assertThrows(() => startChild(Deno.execPath(), { args, signal }), DOMException);
  },
});

Deno.test({
  name: "startChild() ends the program when this one calls Deno.exit()",
  ignore,
  async fn() {
    const code = `
      import { startChild } from ${JSON.stringify(MODULE)};
      const child = startChild(Deno.execPath(), {
        args: ["eval", ${JSON.stringify(CHILD)}],
        stdout: "piped",
      });
      startChild(Deno.execPath(), { args: ["eval", ${JSON.stringify(CHILD)}] });
      for await (const _ of child.stdout) Deno.exit(3);`;
    // The second program writes to the same pipe: it is read to its end when both have ended.
    const parent = startChild(Deno.execPath(), {
      args: ["eval", code],
      cwd: ROOT,
      stdout: "piped",
    });
    const { code: exitCode, stdout } = await parent.output();
    assertEquals(exitCode, 3);
    assertEquals(new TextDecoder().decode(stdout).includes("outlived"), false);
  },
});
