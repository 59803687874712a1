/**
 * `deno task setup [--gpu]`: installs everything in requirements.txt into `.venv`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { prepareAll } from "../setup/mod.ts";
import { command, unlessStopped } from "./command.ts";

const USAGE = `deno task setup [--gpu]

Installs everything in requirements.txt into .venv, which prepare and lab would do when they need it.

  --gpu  takes TensorFlow for CUDA, on Linux x86-64; .venv keeps it`;

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { values } = parseArgs({ options: { gpu: { type: "boolean", default: false } } });
    await unlessStopped(signal, prepareAll(values));
    console.error("Ready: .venv holds everything in requirements.txt");
  });
}
