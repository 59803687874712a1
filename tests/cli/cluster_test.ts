import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parseRunResult } from "../../lib/benchmark/mod.ts";
import { granted } from "../permissions.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ignore = !granted("run", "write") || !tensorflowAvailable() || Deno.build.os === "windows";

/** Runs `deno task cluster`; gives its exit code and what it said on standard error. */
async function cluster(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "cluster", ...args],
    cwd: ROOT,
    stdin: "null",
  }).output();
  return { code, said: new TextDecoder().decode(stderr) };
}

Deno.test({
  name: "deno task cluster trains a network with two workers, and only the chief writes",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const options = ["--epochs", "1", "--batch-size", "500", "--out", folder];
    const { code, said } = await cluster("--workers", "2", "train", "dense", ...options);
    assertEquals(code, 0, said);
    const path = `${folder}/result.json`;
    const result = parseRunResult(await Deno.readTextFile(path), path);
    assert("workers" in result && result.workers === 2);
    assert(result.test.accuracy > 0.75, `test accuracy is ${result.test.accuracy}`);
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assertEquals(names.sort(), ["model.json", "result.json", "weights.bin"]);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "deno task cluster ends at SIGTERM with its workers, though TensorFlow listens to it, too",
  ignore,
  async fn() {
    const folder = await Deno.makeTempDir();
    const options = ["train", "dense", "--epochs", "5", "--batch-size", "500", "--out", folder];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "cluster", "--workers", "2", ...options],
      cwd: ROOT,
      stdin: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    let asked = false;
    // The workers hold the pipe: it is read to its end when they have ended.
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (asked || !said.includes("Training dense")) continue;
      asked = true;
      child.kill("SIGTERM");
    }
    assertEquals((await child.status).code, 143, said);
    assertStringIncludes(said, "holds the weights so far; --resume goes on");
    assertStringIncludes(said, "worker 1: Stopping after this step");
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "deno task cluster ends with the workers' exit code, and refuses what is no training",
  ignore,
  async fn() {
    const { code, said } = await cluster("--workers", "2", "train", "dense", "--backend", "wasm");
    assertEquals(code, 1);
    assertStringIncludes(said, "--backend is wasm, must be tensorflow in a cluster");
    assertStringIncludes(said, "has ended with exit code 1: stopping the others");
    assertEquals((await cluster("train", "dense")).code, 1);
    assertEquals((await cluster("--workers", "0", "train", "dense")).code, 1);
  },
});
