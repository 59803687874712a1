import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { claim } from "../../lib/files/mod.ts";
import { granted } from "../permissions.ts";

const ignore = !granted("read", "write", "run");
const MODULE = new URL("../../lib/files/mod.ts", import.meta.url).href;

/** A process that claims a path, says whether it has it, and then waits to be killed. */
async function claimElsewhere(path: string): Promise<{ has: boolean; child: Deno.ChildProcess }> {
  const code = `
    import { claim } from ${JSON.stringify(MODULE)};
    const claimed = await claim(${JSON.stringify(path)});
    console.log(claimed !== undefined);
    setTimeout(() => claimed?.[Symbol.dispose](), 60_000);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdout: "piped",
  }).spawn();
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    return { has: text.trim() === "true", child };
  }
  throw new Error("the process ended");
}

Deno.test({
  name: "claim() gives a name to one process at a time, and leaves no file",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/lock`;
    const claimed = await claim(path);
    assert(claimed !== undefined);
    assertEquals(await claim(path), undefined);
    claimed[Symbol.dispose]();
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);
    // Many at once, who lock a file that the one before is about to remove.
    let holders = 0;
    let times = 0;
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 200; i++) {
        const claimed = await claim(path);
        if (claimed === undefined) continue;
        times++;
        assertEquals(++holders, 1);
        await Deno.stat(folder);
        holders--;
        claimed[Symbol.dispose]();
      }
    }));
    assert(times > 8, `had ${times} times`);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "claim() is refused while another process has the name, and given when that was killed",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/lock`;
    const { has, child } = await claimElsewhere(path);
    assert(has);
    assertEquals(await claim(path), undefined);
    child.kill("SIGKILL");
    await child.status;
    const claimed = await claim(path);
    assert(claimed !== undefined, "the file that was left is in nobody's way");
    claimed[Symbol.dispose]();
    await Deno.remove(folder, { recursive: true });
  },
});
