import { assert, assertEquals } from "@std/assert";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";

/** How often the run is killed. `KILLS=50` for the long form. */
const KILLS = granted("env") ? Number(Deno.env.get("KILLS") ?? 3) : 0;

/** The longest time, in milliseconds, that a run is left alive after it has started. */
const LIFE = 200;

/** Starts the run; kills it a while after it has started, or lets it end. Gives what it said. */
async function run(directory: string, life: number): Promise<string> {
  const script = new URL("tiny_run.ts", import.meta.url).href;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", script, "tensorflow", directory, `${10 * KILLS}`],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let said = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (life < Infinity) timer ??= setTimeout(() => child.kill("SIGKILL"), life);
  }
  await child.status;
  clearTimeout(timer);
  return said;
}

Deno.test({
  name: "fit() ends with the same weights, however often it was killed by SIGKILL",
  ignore: !granted("run", "write") || !tensorflowAvailable() || Deno.build.os === "windows",
  async fn() {
    const directory = await Deno.makeTempDir();
    const [, expected] = (await run(`${directory}/whole`, Infinity)).split("\n");
    assertEquals(expected?.length, 64);
    let kills = 0;
    for (let said = ""; said.split("\n")[1] !== expected;) {
      const life = kills < KILLS ? Math.random() * LIFE : Infinity;
      said = await run(`${directory}/killed`, life);
      const ended = said.split("\n").length > 2;
      if (ended || life === Infinity) assertEquals(said.split("\n")[1], expected);
      else kills++;
    }
    assert(kills >= KILLS, `it was killed ${kills} times`);
    await Deno.remove(directory, { recursive: true });
  },
});
