/**
 * `deno task test:conformance [BACKEND …]`: runs TensorFlow.js's own tests on our backends and
 * compares what fails with the lists in `exceptions`. It fails where a list is not exact.
 *
 * @module
 */
import { type Exception, judge } from "./exceptions.ts";
import { runSuite } from "./run_suite.ts";

const backends = Deno.args.length > 0 ? Deno.args : ["tensorflow", "wasm"];
let exact = true;

for await (const { backend, description, results } of runSuite(backends)) {
  const exceptions = await exceptionsOf(backend);
  const { passed, skipped, excepted, unlisted, stale } = judge(results, exceptions);
  console.log(
    `${backend}: ${passed} passed, ${excepted} failed as listed, ${skipped} skipped by their ` +
      `authors; ${description}`,
  );
  for (const { reason, specs } of exceptions) console.log(`  ${specs.length} fail: ${reason}`);
  for (const { name, message } of unlisted) console.error(`  not listed: ${name}: ${message}`);
  for (const name of stale) console.error(`  listed, but did not fail: ${name}`);
  exact &&= unlisted.length === 0 && stale.length === 0;
}
if (!exact) Deno.exitCode = 1;

async function exceptionsOf(backend: string): Promise<Exception[]> {
  const file = new URL(`exceptions/${backend}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(file));
}
