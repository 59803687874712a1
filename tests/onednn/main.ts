/**
 * `deno task test:onednn [--seed 1] [--cases 1000] [--isa AVX2]…`: computes random cases of what
 * oneDNN has kernels for without oneDNN and with it, and says which differ.
 *
 * `--isa` makes oneDNN take no newer instructions than those (its ONEDNN_MAX_CPU_ISA), as on an
 * older processor. It fails where anything differs.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { wholeNumber } from "../../lib/cli/options.ts";
import { caseOf } from "./cases.ts";
import { compareWithOnednn } from "./compare_with_onednn.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    seed: { type: "string", default: "1" },
    cases: { type: "string", default: "1000" },
    isa: { type: "string", multiple: true, default: ["DEFAULT"] },
  },
});
const seed = wholeNumber("--seed", values.seed, { min: 0, max: 1e9 });
const count = wholeNumber("--cases", values.cases, { min: 0, max: 1e9 });
for (const isa of values.isa) {
  const counts = new Map<string, { wrong: number; cases: number }>();
  for await (const { number, faults } of compareWithOnednn({ seed, count, isa })) {
    const { operation, words } = caseOf(seed, number);
    const counted = counts.get(operation) ?? { wrong: 0, cases: 0 };
    counts.set(operation, counted);
    counted.cases++;
    if (faults.length === 0) continue;
    counted.wrong++;
    console.error(`case ${number}, ${operation} ${words}\n  ${faults.join("\n  ")}`);
    Deno.exitCode = 1;
  }
  console.log(`With no newer instructions than ${isa}:`);
  for (const [operation, { wrong, cases }] of counts) {
    console.log(`  ${operation}: ${wrong} of ${cases} wrong`);
  }
}
