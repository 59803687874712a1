import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { trainOptions } from "../../lib/cli/train_options.ts";
import { fashionMnistAvailable } from "../fashion_mnist.ts";
import { granted } from "../permissions.ts";
import { ROOT, runCommand } from "./run_command.ts";

Deno.test({
  name: "train refuses an unknown model, absurd numbers and unusable folders before any work",
  ignore: !granted("read", "write", "run"),
  async fn() {
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/file`, "");
    await Deno.mkdir(`${folder}/done`);
    await Deno.writeTextFile(`${folder}/done/result.json`, "{}");
    for (
      const [args, message] of [
        [[], "name one model of dense, small-cnn, compact, vgg"],
        [["resnet"], 'the model is "resnet", expected one of dense, small-cnn, compact, vgg'],
        [["dense", "--epochs", "0"], '--epochs is "0"'],
        [["dense", "--batch-size", "60001"], '--batch-size is "60001"'],
        [["dense", "--seed", "-1"], "--seed"],
        [["dense", "--keep", "best"], "--keep best needs --validation"],
        [["dense", "--out", `${folder}/file/x`], "Cannot write to"],
        [["dense", "--out", `${folder}/done`], "it holds a finished run"],
      ] as const
    ) {
      const { code, stdout, stderr } = await runCommand("train", [...args]);
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, message);
      assert(!stderr.includes("Backend:"), "it fails before a backend is started");
    }
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name:
    "trainOptions() takes folders from where the user is, and runs/ of the checkout if none is named",
  ignore: !granted("env", "read"),
  fn() {
    const caller = Deno.env.get("INIT_CWD");
    try {
      Deno.env.set("INIT_CWD", join(ROOT, "notebooks"));
      const named = trainOptions(["dense", "--out", "../x", "--tensorboard", "logs"]);
      assertEquals(named.directory, join(ROOT, "x"));
      assertEquals(named.tensorboard, join(ROOT, "notebooks", "logs"));
      const { directory, tensorboard } = trainOptions(["dense", "--seed", "3"]);
      assertEquals([directory, tensorboard], [join(ROOT, "runs", "dense-3"), undefined]);
    } finally {
      if (caller === undefined) Deno.env.delete("INIT_CWD");
      else Deno.env.set("INIT_CWD", caller);
    }
  },
});

Deno.test({
  name: "train has its folder to itself, and stops at Ctrl-C with the weights saved and code 130",
  ignore: !granted("read", "write", "run") || !fashionMnistAvailable() ||
    Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    const args = ["dense", "--epochs", "100", "--out", folder, "--backend", "wasm"];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "lib/cli/train.ts", ...args],
      cwd: ROOT,
      stderr: "piped",
    }).spawn();
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      const training = said.includes("Training dense");
      said += text;
      if (!training && said.includes("Training dense")) {
        // A second run into the same folder is refused, and does not touch it.
        const second = await runCommand("train", ["dense", "--out", folder, "--resume"]);
        assertEquals(second.code, 1);
        assertStringIncludes(second.stderr, "another process is training into it");
        child.kill("SIGINT");
      }
    }
    const { code } = await child.status;
    assertEquals(code, 130, said);
    assertStringIncludes(said, "holds the weights so far; --resume goes on");
    assertEquals(
      ["model.json", "weights.bin", "result.json", "training.lock"]
        .map((name) => existsSync(`${folder}/${name}`)),
      [true, true, false, false],
    );
    await Deno.remove(folder, { recursive: true });
  },
});
