/**
 * `deno task setup [--gpu]`: installs everything in requirements.txt into `.venv`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { prepareAll } from "../setup/mod.ts";

if (import.meta.main) {
  try {
    const { values } = parseArgs({ options: { gpu: { type: "boolean", default: false } } });
    await prepareAll(values);
    console.error("Ready: .venv holds everything in requirements.txt");
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
