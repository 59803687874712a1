/**
 * `deno task predict`: classifies a picture of one's own.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { NETWORK_ROW_IDS } from "../benchmark/mod.ts";
import { LABELS } from "../dataset/mod.ts";
import { callersPath } from "../files/mod.ts";
import { loadModel } from "../models/mod.ts";
import { type Classification, classify, readPicture } from "../pictures/mod.ts";
import { command } from "./command.ts";
import { WEIGHTS } from "./folders.ts";
import { oneOf } from "./options.ts";
import { prepareBackend } from "./prepare.ts";
import { terminalImage } from "./terminal_image.ts";

const USAGE = `deno task predict PICTURE [options]

Classifies a garment in a PNG or JPEG of any size, dark on a light ground or light on a dark one:
shows what the network sees of it, and how probable it holds each of the ten classes.

  --model MODEL    ${NETWORK_ROW_IDS.join(", ")}: small-cnn if not given
  --format FORMAT  text (if not given) or json: {"label", "name", "probabilities"}, and nothing else
  --backend NAME   tensorflow, wasm or webgpu (if not given: TensorFlow where it can be had)`;

/** Characters of a bar that stands for certainty. */
const BAR = 30;

function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      model: { type: "string", default: "small-cnn" },
      format: { type: "string", default: "text" },
      backend: { type: "string" },
    },
  });
  if (positionals.length !== 1) throw new RangeError("name one picture; --help tells more");
  const model = oneOf("--model", values.model, NETWORK_ROW_IDS);
  const format = oneOf("--format", values.format, ["text", "json"]);
  return { path: callersPath(positionals[0]), model, format, backend: values.backend };
}

/** Where `deno task record` keeps the weights of a network. */
function weightsFolder(model: string): string {
  const folder = `${WEIGHTS}/${model}`;
  if (existsSync(`${folder}/model.json`)) return folder;
  throw new Deno.errors.NotFound(`Cannot predict by ${model}: ${folder} holds no weights`);
}

function json({ label, probabilities }: Classification): string {
  return JSON.stringify({ label, name: LABELS[label], probabilities: [...probabilities] });
}

function text({ image, probabilities }: Classification): string {
  const longest = Math.max(...LABELS.map(({ length }) => length));
  const bars = LABELS
    .map((name, label) => ({ name, probability: probabilities[label] }))
    .toSorted((a, b) => b.probability - a.probability)
    .map(({ name, probability }) => {
      const bar = "━".repeat(Math.round(BAR * probability)).padEnd(BAR);
      return `${name.padEnd(longest)} ${bar} ${(100 * probability).toFixed(1).padStart(5)} %`;
    });
  return [terminalImage(image), "", ...bars].join("\n");
}

if (import.meta.main) {
  await command(USAGE, async (signal) => {
    const { path, model, format, backend } = parse(Deno.args);
    const folder = weightsFolder(model);
    const picture = await readPicture(path);
    await prepareBackend({ backend, signal });
    const classification = await classify(await loadModel(folder), picture);
    console.log(format === "json" ? json(classification) : text(classification));
  });
}
