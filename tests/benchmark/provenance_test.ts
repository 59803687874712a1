import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { commitOf, parseRunResult, stringifyRunResult } from "../../lib/benchmark/mod.ts";
import { assertCommitted } from "../../lib/cli/keep_result.ts";
import { granted } from "../permissions.ts";
import { networkResult } from "./fixtures.ts";

const ignore = !granted("read", "write", "run", "env");

async function git(root: string, ...args: string[]): Promise<void> {
  const identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"];
  const { success, stderr } = await new Deno.Command("git", {
    args: ["-C", root, ...identity, ...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

Deno.test({
  name: "commitOf() gives a checkout's commit, whoever owns it, and says where the code differs",
  ignore,
  async fn() {
    const root = await Deno.makeTempDir();
    try {
      await git(root, "init", "--quiet");
      await Deno.mkdir(`${root}/lib`);
      await Deno.writeTextFile(`${root}/deno.json`, "{}");
      await git(root, "add", ".");
      await git(root, "commit", "--quiet", "--message", "first");
      assertMatch(await commitOf(root), /^[0-9a-f]{40}$/);
      // Another's checkout, as in a container: only root can make one.
      if (Deno.build.os !== "windows" && Deno.uid() === 0) {
        for (const path of [root, `${root}/.git`]) await Deno.chown(path, 65_534, 65_534);
        assertMatch(await commitOf(root), /^[0-9a-f]{40}$/);
      }
      await Deno.writeTextFile(`${root}/lib/new.ts`, "");
      assertMatch(await commitOf(root), /^[0-9a-f]{40}-dirty$/);
      // A ZIP that was unpacked within: the commit around it is not its own.
      assertEquals(await commitOf(`${root}/lib`), "unknown");
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});

Deno.test({
  name: "commitOf() gives `unknown` where there is no checkout, or no git",
  ignore,
  async fn() {
    const root = await Deno.makeTempDir();
    const path = Deno.env.get("PATH") ?? "";
    try {
      assertEquals(await commitOf(root), "unknown");
      Deno.env.set("PATH", root);
      assertEquals(await commitOf(root), "unknown");
    } finally {
      Deno.env.set("PATH", path);
      await Deno.remove(root, { recursive: true });
    }
  },
});

Deno.test("a run of an unknown commit is read, but not recorded", () => {
  const result = { ...networkResult(0, 955), commit: "unknown" };
  assertEquals(parseRunResult(stringifyRunResult(result), "run.json").commit, "unknown");
  assertThrows(() => assertCommitted(result), RangeError, "Cannot record small-cnn: the commit");
  const dirty = { ...result, commit: `${networkResult(0, 955).commit}-dirty` };
  assertThrows(() => assertCommitted(dirty), RangeError, "by code in no commit");
  assertCommitted(networkResult(0, 955));
});
