/**
 * TensorFlow.js's own tests on one of our backends: `suite.cjs BACKEND RESULTS`, as it is bundled
 * and run. Writes how each test ended into the file RESULTS.
 *
 * @module
 */
import { environment } from "./jasmine.ts";
import { backend } from "./test_environment.ts";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-core/dist/tests.js";
import { initBackend } from "../../lib/tensorflow/mod.ts";
import type { SpecResult } from "./exceptions.ts";

const results: SpecResult[] = [];

environment.configure({ random: false });
environment.addReporter({
  specDone({ fullName, status, failedExpectations: [failed] }) {
    const name = fullName.replaceAll(` test-${backend} {}`, "");
    results.push({ name, status, message: failed?.message });
  },
  jasmineDone() {
    Deno.writeTextFileSync(Deno.args[1], JSON.stringify(results));
  },
});
initBackend({ backend }).then(({ description }) => {
  console.log(description);
  environment.execute();
});
