import { initBackend } from "../init_backend.ts";
import { configureTensorflow, tensorflowBackend } from "../tensorflow_backend.ts";
import { Cluster } from "./cluster.ts";
import type { ClusterSpec } from "./cluster_spec.ts";
import { keepTermination } from "./keep_termination.ts";
import { listenOnlyAt } from "./listen_only_at.ts";
import { configProto, serverDef } from "./messages.ts";

/** Options of {@linkcode joinCluster}. */
export interface JoinClusterOptions {
  /** How many seconds the workers wait for each other at the start, 120 if not given. */
  readonly startTimeout?: number;
  /** After how many seconds of silence a worker counts as lost, 10 if not given. */
  readonly heartbeatTimeout?: number;
}

/**
 * Starts the `tensorflow` backend as one worker of a cluster, and waits until all workers are there.
 * It has to come before any other start of that backend.
 *
 * The workers find each other by TensorFlow's own runtime: each runs a gRPC server, and the first
 * listens for the others' heartbeats. There is no authentication and no encryption, so that a
 * cluster belongs into a private network.
 *
 * @throws {RangeError} If TensorFlow has been started, or a timeout is not above 0.
 * @throws {Deno.errors.TimedOut} If not all workers have come in time.
 * @throws {Deno.errors.AddrInUse} If another process has the port.
 * @throws {Deno.errors.ConnectionRefused} If the others refuse it, with TensorFlow's own words.
 * @throws {Error} If TensorFlow cannot be started.
 */
export async function joinCluster(
  spec: ClusterSpec,
  { startTimeout = 120, heartbeatTimeout = 10 }: JoinClusterOptions = {},
): Promise<Cluster> {
  for (const [name, seconds] of Object.entries({ startTimeout, heartbeatTimeout })) {
    if (seconds > 0 && seconds < 1e6) continue;
    throw new RangeError(`Cannot join a cluster: ${name} is ${seconds}, must be above 0 s`);
  }
  const timeouts = { start: 1000 * startTimeout, heartbeat: 1000 * heartbeatTimeout };
  // A lost worker is told by an error, not by pages of the runtime's messages.
  if (Deno.env.get("TF_CPP_MIN_LOG_LEVEL") === undefined) Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  configureTensorflow(configProto(spec, timeouts));
  await initBackend({ backend: "tensorflow" });
  const backend = tensorflowBackend();
  if (backend === undefined) throw new TypeError("Cannot join a cluster: there is no TensorFlow");
  const stop = new AbortController();
  const guarded = Promise.all([
    listenOnlyAt(spec.workers[spec.index], stop),
    keepTermination(stop),
  ]);
  try {
    await backend.binding.runtime.enableCollectives(serverDef(spec, timeouts));
  } catch (error) {
    throw explained(error, spec, startTimeout);
  } finally {
    stop.abort();
    await guarded;
  }
  return new Cluster(spec, backend, { heartbeatTimeout });
}

/** What keeps a worker from joining. */
function explained(error: unknown, { workers, index }: ClusterSpec, seconds: number): Error {
  const words = error instanceof Error ? error.message : String(error);
  const action = `Cannot join the cluster as worker ${index} (${workers[index]})`;
  if (words.includes("Could not start gRPC server")) {
    return new Deno.errors.AddrInUse(`${action}: its port is in use`);
  }
  const [, missing = ""] = /timed out task names:\n([^]*?)(?:\n\n|$)/.exec(words) ?? [];
  const who = Array.from(missing.matchAll(/task:(\d+)/g), ([, task]) => workers[Number(task)]);
  const waited = `${action}: within ${seconds} s there came no word from`;
  if (who.length > 0) return new Deno.errors.TimedOut(`${waited} ${who.join(", ")}`);
  return words.includes("DEADLINE_EXCEEDED")
    ? new Deno.errors.TimedOut(`${waited} all workers`)
    : new Deno.errors.ConnectionRefused(`${action}: ${words}`);
}
