/**
 * `deno task export`: the committed weights of a network for other programs.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { NETWORK_ROW_IDS } from "../benchmark/mod.ts";
import { callersPath, writeAtomically } from "../files/mod.ts";
import { encodeSafetensors } from "../models/mod.ts";
import { command } from "./command.ts";
import { WEIGHTS } from "./folders.ts";
import { oneOf } from "./options.ts";

const USAGE = `deno task export MODEL [--out FILE]

Writes the committed weights of ${NETWORK_ROW_IDS.join(", ")} as a safetensors file, in float16 as
they are committed. tests/peers/weights_keras.py loads it into Keras.

  --out FILE   MODEL.safetensors in the current folder if not given`;

if (import.meta.main) {
  await command(USAGE, async () => {
    const { values: { out }, positionals } = parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: { out: { type: "string" } },
    });
    if (positionals.length !== 1) throw new RangeError("name one network; --help tells more");
    const model = oneOf("the network", positionals[0], NETWORK_ROW_IDS);
    const path = callersPath(out ?? `${model}.safetensors`);
    const bytes = await encodeSafetensors(`${WEIGHTS}/${model}`);
    await writeAtomically(path, bytes);
    console.log(`${path}: ${bytes.length.toLocaleString("en")} bytes`);
  });
}
