/**
 * `deno task test:kernels`: compares kernels of a backend with those of others, on random cases.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { wholeNumber } from "../../lib/cli/options.ts";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { OPERATIONS } from "./operations/mod.ts";
import { type Finding, sweep } from "./sweep.ts";

const USAGE = `deno task test:kernels [options]

Calls each operation of TensorFlow.js with random tensors and options, and compares its outputs and
gradients on a backend with those of TensorFlow.js's cpu backend, where these differ with a third
backend's, and the gradients with differences of outputs. It fails where numbers are wrong, and
names the call.

  --backend NAME  wasm (if not given) or tensorflow
  --cases N       how many calls of each operation (100 if not given)
  --seed TEXT     draws other calls (0 if not given)
  --only NAMES    only these operations, such as conv2d,gather`;

const { values: options } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm" },
    cases: { type: "string", default: "100" },
    seed: { type: "string", default: "0" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(USAGE);
  Deno.exit();
}
const names = options.only?.split(",") ?? Object.keys(OPERATIONS);
const unknown = names.find((name) => !Object.hasOwn(OPERATIONS, name));
const count = wholeNumber("--cases", options.cases, { min: 1, max: 1e9 });
if (unknown !== undefined) throw new RangeError(`Cannot sweep ${unknown}: no such operation`);
const others = ["wasm", ...(tensorflowAvailable() ? ["tensorflow"] : [])];
const judge = others.find((name) => name !== options.backend);
for (const backend of [judge, options.backend]) await initBackend({ backend });

const total = { calls: 0, gradients: 0, wrong: 0, refused: 0, excepted: 0, cpu: 0 };
for (const operation of names) {
  const { seed, backend } = options;
  const { gradients, findings } = sweep(backend, { cases: count, seed, only: [operation], judge });
  const of = (kind: Finding["kind"]) => findings.filter((finding) => finding.kind === kind);
  total.calls += count;
  total.gradients += gradients;
  for (const kind of ["wrong", "refused", "excepted", "cpu"] as const) {
    total[kind] += of(kind).length;
  }
  console.log(
    `${operation}: ${of("wrong").length} of ${count} wrong, ${of("cpu").length} on cpu alone, ` +
      `${of("refused").length} refused; ${gradients} gradients`,
  );
  for (const kind of ["wrong", "cpu", "refused"] as const) {
    const [shortest] = of(kind).sort((a, b) => a.program.length - b.program.length);
    if (shortest === undefined) continue;
    const { what, seed, program } = shortest;
    console.log(`  ${kind}: ${what.split("\n")[0]} (seed ${seed}): ${program}`);
  }
}
console.log(
  `${options.backend}: ${total.calls} calls, ${total.gradients} with gradients; ${total.wrong} ` +
    `wrong, ${total.cpu} where the cpu backend alone is, ${total.refused} ` +
    `refused, ${total.excepted} as listed`,
);
if (total.wrong > 0) Deno.exitCode = 1;
