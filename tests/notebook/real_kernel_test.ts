import { assert, assertEquals } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { granted } from "../permissions.ts";
import { type CellRun, ENVIRONMENT, runCells } from "./run_cells.ts";

// JupyterLab's environment, which `deno task lab` makes.
const ignore = !granted("read", "write", "env", "run") ||
  !existsSync(join(ENVIRONMENT, "bin", "jupyter-execute"));

const START = `
import { DISPLAY, histogram } from "../lib/figures/mod.ts";
import { ImageDataset } from "../lib/dataset/mod.ts";
import { denseNetwork } from "../lib/models/mod.ts";
import { liveTraining, startNotebook, stopSignal } from "../lib/notebook/mod.ts";
import { fit } from "../lib/training/mod.ts";
import * as tf from "@tensorflow/tfjs";
await startNotebook();`;

const textOf = ({ outputs }: CellRun) =>
  outputs.map(({ text = "", data = {} }) => text + (data["text/plain"] ?? "")).join("");

Deno.test({
  name: "startNotebook() names its backend, and by nbclient each of 40 cells has its own outputs",
  ignore,
  async fn() {
    const printing = Array.from(
      { length: 40 },
      (_, i) => `for (const line of "abc") console.log("${i}", line);\n"value ${i}"`,
    );
    const [start, ...cells] = await runCells([START, ...printing]);
    assertEquals(textOf(start).match(/^Backend: .*\n$/)?.length, 1, textOf(start));
    assertEquals(
      cells.map(textOf),
      cells.map((_, i) => `${i} a\n${i} b\n${i} c\n"value ${i}"`),
    );
  },
});

Deno.test({
  name: "startNotebook() lets figures keep their size, tensors show themselves, faults be seen",
  ignore,
  async fn() {
    const [, figure, tensor, broken] = await runCells([
      START,
      `histogram([1, 2], { xLabel: "x", yLabel: "y", title: "T", caption: "C", alt: "An alt" })`,
      `tf.tensor1d([1, 2])`,
      `({ [DISPLAY]() { throw new RangeError("Cannot show this"); } })`,
    ]);
    const [{ data = {}, metadata = {} }] = figure.outputs;
    assertEquals(Object.keys(data).sort(), ["image/png", "image/svg+xml", "text/plain"]);
    const { width, height, alt } = metadata["image/png"];
    assertEquals([width, alt], [760, "An alt"]);
    assert(Number(height) > 300);
    assertEquals(textOf(tensor), "float32 [2]\n    [1, 2]");
    assertEquals(broken.outputs.map(({ ename, evalue }) => [ename, evalue]), [
      ["RangeError", "Cannot show this"],
    ]);
  },
});

Deno.test({
  name: "Stop ends a training by nbclient, and the kernel keeps its state",
  ignore,
  async fn() {
    const [, , training, next] = await runCells([
      START,
      `const images = new ImageDataset(new Uint8Array(2_000 * 784), new Uint8Array(2_000));
const model = denseNetwork({ seed: 0 });
const train = () => fit(model, images, {
  epochs: 1_000_000,
  batchSize: 32,
  seed: 0,
  observer: liveTraining(),
  signal: stopSignal(),
});`,
      `console.log("It goes on for days."); await train();`,
      "`${model.countParams()} parameters, ${images.length} images`",
    ], { stop: 2 });
    assert(training.stopped !== null && training.stopped < 15, `it took ${training.stopped} s`);
    assert(training.stopped > 0, "it ended by itself");
    const error = training.outputs.find(({ output_type }) => output_type === "error");
    assertEquals([error?.ename, error?.evalue], ["AbortError", "Stopped"]);
    assert(training.outputs.some(({ output_type }) => output_type === "display_data"));
    assertEquals(textOf(next), '"101770 parameters, 2000 images"');
  },
});
