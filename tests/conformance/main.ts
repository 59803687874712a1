/**
 * `deno task test:conformance [BACKEND …]`: runs TensorFlow.js's own tests on our backends and
 * compares what fails with the lists in `exceptions`. It fails where a list is not exact.
 *
 * @module
 */
import { command } from "../../lib/cli/command.ts";
import { type Exception, judge } from "./exceptions.ts";
import { runSuite } from "./run_suite.ts";

const USAGE = `deno task test:conformance [BACKEND...]

Runs TensorFlow.js's own tests on tensorflow and wasm, or on the backends named, and compares what
fails with the lists in tests/conformance/exceptions. Fails where a list is not exact.`;

await command(USAGE, async (signal) => {
  const backends = Deno.args.length > 0 ? Deno.args : ["tensorflow", "wasm"];
  const inexact: string[] = [];
  for await (const { backend, description, results } of runSuite(backends, { signal })) {
    const exceptions = await exceptionsOf(backend);
    const { passed, skipped, excepted, unlisted, stale } = judge(results, exceptions);
    console.log(
      `${backend}: ${passed} passed, ${excepted} failed as listed, ${skipped} skipped by their ` +
        `authors; ${description}`,
    );
    for (const { reason, specs } of exceptions) console.log(`  ${specs.length} fail: ${reason}`);
    for (const { name, message } of unlisted) console.error(`  not listed: ${name}: ${message}`);
    for (const name of stale) console.error(`  listed, but did not fail: ${name}`);
    if (unlisted.length > 0 || stale.length > 0) inexact.push(backend);
  }
  if (inexact.length > 0) throw new Error(`the list is not exact of ${inexact.join(", ")}`);
});

async function exceptionsOf(backend: string): Promise<Exception[]> {
  const file = new URL(`exceptions/${backend}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(file));
}
