/**
 * A worker that makes each of a cluster's calls, and says as JSON what they gave. With the argument
 * `SIGKILL` or `SIGSTOP` the second worker sends itself that signal then, and the others say how
 * their next call failed, and after how many seconds.
 */
import * as tf from "@tensorflow/tfjs";
import { clusterSpec, jit, joinCluster } from "../../../lib/tensorflow/mod.ts";

const spec = clusterSpec();
if (spec === undefined) throw new RangeError("there is no TF_CONFIG");
const cluster = await joinCluster(spec, { heartbeatTimeout: 2, startTimeout: 60 });
const { index } = cluster;
const said: Record<string, unknown> = {};
const values = (tensor: tf.Tensor) => [...tensor.dataSync()];

async function isReachable(hostname: string): Promise<boolean> {
  const port = Number(cluster.workers[index].split(":")[1]);
  const signal = AbortSignal.timeout(500);
  try {
    (await Deno.connect({ hostname, port, signal })).close();
    return true;
  } catch {
    return false;
  }
}
if (Deno.build.os === "linux") {
  said.reachable = [await isReachable("127.0.0.1"), await isReachable("127.0.0.2")];
}

const before = tf.memory().numTensors;
const own = tf.tensor1d([index + 1, 10]);
for (const operation of ["sum", "mean", "max", "min"] as const) {
  const reduced = await cluster.allReduce(own, { operation });
  said[operation] = values(reduced);
  reduced.dispose();
}
const whole = tf.tensor2d([[index, 2]], undefined, "int32");
const total = await cluster.allReduce(whole);
said.int32 = [total.dtype, total.shape, values(total)];
for (const from of [0, 1]) {
  const sent = await cluster.broadcast(own, { from });
  said[`from ${from}`] = [values(sent), await cluster.broadcastText(`ä${index}`, { from })];
  sent.dispose();
}
said["empty text"] = await cluster.broadcastText("");

const sum = tf.tidy(() => tf.variable(tf.zeros([2])));
const step = jit((x: tf.Tensor) => {
  sum.assign(tf.add(sum, cluster.allReduceSync(x)));
  return cluster.allReduceSync(tf.sum(x), { name: "total", operation: "max" });
});
said.steps = [];
for (let i = 0; i < 4; i++) {
  const result = i < 3 ? step(own) : await cluster.attend(step.later(own));
  said.steps = [values(result), values(sum)];
  result.dispose();
}
step.dispose();
tf.dispose([own, whole, total, sum]);
await cluster.barrier();
said.tensorsLeft = tf.memory().numTensors - before;

try {
  await cluster.assertAlike({ seed: String(Math.min(index, 1)), code: "same" });
} catch (error) {
  said.different = error instanceof RangeError ? error.message : "another error";
}

said.silent = await cluster.silentWorkers();
try {
  await cluster.silentWorkers({ timeout: NaN });
} catch (error) {
  said.refused = error instanceof RangeError ? error.message : "another error";
}
await cluster.barrier();

const [deadly] = Deno.args;
if (deadly === "SIGKILL" || deadly === "SIGSTOP") {
  if (index === 1) {
    // Whoever is stopped cannot end: it is killed when the others have.
    const later = `sleep 8; kill -9 ${Deno.pid}`;
    const nothing = { stdin: "null", stdout: "null", stderr: "null" } as const;
    new Deno.Command("sh", { args: ["-c", later], ...nothing }).spawn().unref();
    Deno.kill(Deno.pid, deadly);
  }
  const started = performance.now();
  try {
    await cluster.barrier();
  } catch (error) {
    said.lost = error instanceof Deno.errors.ConnectionAborted ? error.message : String(error);
    said.seconds = (performance.now() - started) / 1000;
    said.silent = await cluster.silentWorkers({ timeout: 1 });
  }
}
console.log(JSON.stringify(said));
Deno.exit(0);
