/**
 * A worker that waits two seconds for the others, and says how joining the cluster failed; with the
 * argument `late` it starts TensorFlow before.
 */
import { clusterSpec, initBackend, joinCluster } from "../../../lib/tensorflow/mod.ts";

if (Deno.args[0] === "late") await initBackend({ backend: "tensorflow" });
const spec = clusterSpec();
if (spec === undefined) throw new RangeError("there is no TF_CONFIG");
try {
  await joinCluster(spec, { startTimeout: 2 });
} catch (error) {
  console.log(`${error}`);
}
Deno.exit(0);
