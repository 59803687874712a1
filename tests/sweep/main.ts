/**
 * `deno task test:kernels`: compares kernels of a backend with those of others, on random cases.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import { tensorflowAvailable } from "../tensorflow/available.ts";
import { OPERATIONS } from "./operations/mod.ts";
import { sweep } from "./sweep.ts";

const { values: options } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm" },
    cases: { type: "string", default: "100" },
    seed: { type: "string", default: "0" },
    only: { type: "string" },
    most: { type: "string", default: "3" },
  },
});
const others = ["wasm", ...(tensorflowAvailable() ? ["tensorflow"] : [])];
const judge = others.find((name) => name !== options.backend);
for (const backend of [judge, options.backend]) await initBackend({ backend });
const result = { cases: 0, refused: 0, gradients: 0, findings: 0, cpuAlone: 0 };
for (const operation of options.only?.split(",") ?? Object.keys(OPERATIONS)) {
  const { cases, refused, gradients, findings } = sweep(options.backend, {
    cases: Number(options.cases),
    seed: options.seed,
    only: [operation],
    judge,
  });
  const ours = findings.filter(({ cpuAlone }) => !cpuAlone);
  result.cases += cases;
  result.refused += refused;
  result.gradients += gradients;
  result.findings += ours.length;
  result.cpuAlone += findings.length - ours.length;
  console.log(
    `${operation}: ${ours.length} of ${cases} wrong, ${
      findings.length - ours.length
    } cpu wrong, ${refused} refused, ${gradients} gradients`,
  );
  const shortest = (list: typeof findings) =>
    [...list].sort((a, b) => a.program.length - b.program.length).slice(0, Number(options.most));
  for (const { what, seed, program } of shortest(ours)) {
    console.log(`  ${what.slice(0, 200)} (seed ${seed}): ${program.slice(0, 600)}`);
  }
  for (const { what, seed, program } of shortest(findings.filter((f) => f.cpuAlone)).slice(0, 1)) {
    console.log(`  cpu: ${what.slice(0, 200)} (seed ${seed}): ${program.slice(0, 300)}`);
  }
}
console.log(result);
