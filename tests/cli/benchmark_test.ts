import { assertEquals, assertStringIncludes } from "@std/assert";
import { cp } from "node:fs/promises";
import { granted } from "../permissions.ts";
import { ROOT, runCommand } from "./run_command.ts";

Deno.test({
  name: "benchmark refuses unknown rows, formats, options and backends, and prints nothing",
  ignore: !granted("read", "run"),
  async fn() {
    for (
      const [args, message] of [
        [["--only", "knn,resnet"], '--only is "resnet", expected one of knn, knn-tuned'],
        [["--format", "yaml"], '--format is "yaml", expected one of text, json, markdown'],
        [["--fast"], "Unknown option '--fast'"],
        [["--backend", "cuda"], 'Cannot use the backend "cuda"'],
      ] as const
    ) {
      const { code, stdout, stderr } = await runCommand("benchmark", [...args]);
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, `error: ${message}`);
    }
  },
});

Deno.test({
  name: "benchmark fails when one byte of a weight or a result file is altered",
  ignore: !granted("read", "write", "run"),
  async fn() {
    const root = await Deno.makeTempDir();
    const data = ["reference", "results", "weights", "SHA256SUMS"].map((name) => `data/${name}`);
    for (const name of ["deno.json", "deno.lock", "lib", ...data]) {
      await cp(`${ROOT}/${name}`, `${root}/${name}`, { recursive: true });
    }
    for (const name of ["weights/small-cnn/weights.bin", "results/dense/seed-1.json"]) {
      const path = `${root}/data/${name}`;
      const bytes = await Deno.readFile(path);
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await Deno.writeFile(path, bytes);
      const { code, stdout, stderr } = await runCommand("benchmark", [], { root });
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, `${name} is altered`);
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await Deno.writeFile(path, bytes);
    }
    await Deno.remove(root, { recursive: true });
  },
});
