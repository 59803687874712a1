import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { LABELS } from "../../lib/dataset/mod.ts";
import { granted } from "../permissions.ts";
import { draw, encode } from "../pictures/pictures.ts";
import { ROOT, runCommand } from "./run_command.ts";

const DRAWING = `${ROOT}/notebooks/pictures/drawing.png`;

Deno.test({
  name: "predict refuses what it cannot use in one line, before a backend is started",
  ignore: !granted("read", "write", "run"),
  async fn() {
    for (
      const [args, message] of [
        [[], "name one picture"],
        [[DRAWING, DRAWING], "name one picture"],
        [[DRAWING, "--model", "resnet"], '--model is "resnet", expected one of dense, small-cnn'],
        [[DRAWING, "--format", "yaml"], '--format is "yaml", expected one of text, json'],
        [[`${ROOT}/nothing.png`], "No such file"],
        [[ROOT], "Is a directory"],
        [[`${ROOT}/LICENSE`], "Cannot read a picture: found the first bytes"],
      ] as const
    ) {
      const { code, stdout, stderr } = await runCommand("predict", [...args]);
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, `error: ${message}`);
      assertEquals(stderr.trim().split("\n").length, 1);
    }
  },
});

Deno.test({
  name: "predict refuses a blank picture in one line",
  ignore: !granted("read", "write", "run", "env", "ffi", "sys"),
  async fn() {
    const path = await Deno.makeTempFile();
    await Deno.writeFile(path, await encode(draw({ width: 20, height: 20 }, () => 200)));
    const { code, stdout, stderr } = await runCommand("predict", [path, "--backend", "wasm"]);
    await Deno.remove(path);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "error: Cannot prepare a picture: it is blank");
  },
});

Deno.test({
  name: "predict --format json prints the label, its name and ten probabilities alone",
  ignore: !granted("read", "run"),
  async fn() {
    const args = [DRAWING, "--format", "json", "--backend", "wasm"];
    const { code, stdout, stderr } = await runCommand("predict", args);
    assertEquals(code, 0, stderr);
    const { label, name, probabilities, ...rest } = JSON.parse(stdout);
    assertEquals([label, name, rest], [7, "Sneaker", {}]);
    assertEquals(probabilities.length, 10);
    assertEquals(Math.max(...probabilities), probabilities[7]);
    assertAlmostEquals(probabilities.reduce((a: number, b: number) => a + b), 1, 1e-5);
  },
});

Deno.test({
  name: "predict prints what the network sees, and a bar for each class, the best first",
  ignore: !granted("read", "run"),
  async fn() {
    const args = [DRAWING, "--model", "dense", "--backend", "wasm"];
    const { code, stdout, stderr } = await runCommand("predict", args);
    assertEquals(code, 0, stderr);
    const lines = stdout.trimEnd().split("\n");
    assertEquals(lines.length, 14 + 1 + 10);
    assert(lines.slice(0, 14).every((line) => /^[ ░▒▓█]{28}$/.test(line)), stdout);
    const bars = lines.slice(15).map((line) => /^(\S.*?) +(━*) +(\d+\.\d) %$/.exec(line) ?? []);
    assertEquals(bars.map(([, name]) => name).toSorted(), LABELS.toSorted());
    const shares = bars.map(([, , , percent]) => Number(percent));
    assertEquals(shares, shares.toSorted((a, b) => b - a));
    bars.forEach(([, , bar], i) => assertAlmostEquals(bar.length, 0.3 * shares[i], 0.52));
  },
});
