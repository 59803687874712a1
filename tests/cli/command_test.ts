import { assertEquals, assertRejects } from "@std/assert";
import { unlessStopped } from "../../lib/cli/command.ts";
import { granted } from "../permissions.ts";
import { ROOT } from "./run_command.ts";

const ignore = !granted("read", "run") || Deno.build.os === "windows";
const MODULE = new URL("../../lib/cli/command.ts", import.meta.url).href;

/** Runs a command with this body, sends it signals each time that it says something. */
async function stopped(body: string, ...signals: Deno.Signal[][]) {
  const code = `
    import { command, unlessStopped } from ${JSON.stringify(MODULE)};
    await command("usage", async (signal) => {${body}});`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  for await (const _ of child.stdout) {
    for (const signal of signals.shift() ?? []) child.kill(signal);
  }
  return { code: (await child.status).code, errors: await errors };
}

const WAITING = `console.log("waiting"); await unlessStopped(signal, new Promise((resolve) => {
  setTimeout(resolve, 5_000);
}));`;

Deno.test({
  name: "command() ends at Ctrl-C with 130 and at SIGTERM with 143, and says so in one line",
  ignore,
  async fn() {
    const errors = "\nStopping after this step; Ctrl-C again stops at once.\n";
    assertEquals(await stopped(WAITING, ["SIGINT"]), { code: 130, errors });
    assertEquals(await stopped(WAITING, ["SIGTERM"]), { code: 143, errors });
  },
});

Deno.test({
  name: "command() ends at once at the second signal, but not at the same one handed on",
  ignore,
  async fn() {
    const stubborn = `
      console.log("one");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await new Promise((resolve) => setTimeout(resolve, 600));
      console.log("two");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      console.error("to the end");
      signal.throwIfAborted();`;
    const handedOn = await stopped(stubborn, ["SIGINT", "SIGTERM"]);
    assertEquals(handedOn.errors.includes("to the end"), true);
    const second = await stopped(stubborn, ["SIGINT"], ["SIGTERM"]);
    assertEquals(second.errors.includes("to the end"), false);
    assertEquals(second.code, 143);
  },
});

Deno.test("unlessStopped() gives what it waits for, and rejects at the stop", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  assertEquals(await unlessStopped(signal, Promise.resolve(7)), 7);
  const never = unlessStopped(signal, new Promise<never>(() => {}));
  controller.abort();
  await assertRejects(() => never, DOMException);
  await assertRejects(() => unlessStopped(signal, Promise.resolve(7)), DOMException);
});
