import type { ClusterSpec } from "./cluster_spec.ts";
import { encodeMessage } from "./protobuf.ts";

/** The job that all workers belong to. */
const JOB = "worker";

/** The name by which TensorFlow knows a worker. */
export function taskName(index: number): string {
  return `/job:${JOB}/replica:0/task:${index}`;
}

/** Times after which a worker counts as lost, in milliseconds. */
export interface ClusterTimeouts {
  /** How long the workers wait for each other at the start. */
  readonly start: number;
  /** How long a worker may be silent. */
  readonly heartbeat: number;
}

/**
 * TensorFlow's `ConfigProto` for a worker: the chief leads the group of those that reduce together
 * and keeps the list of those that are alive.
 *
 * Source: TensorFlow 2.21, core/protobuf/config.proto; OpenXLA, coordination_config.proto.
 */
export function configProto(
  { workers }: ClusterSpec,
  { start, heartbeat }: ClusterTimeouts,
): Uint8Array<ArrayBuffer> {
  const coordination = encodeMessage([
    [1, "standalone"], // service_type
    [2, taskName(0)], // service_leader
    [3, true], // enable_health_check
    [4, start], // cluster_register_timeout_in_ms
    [14, true], // cluster_register_with_barrier
    [5, heartbeat], // heartbeat_timeout_in_ms
    [10, encodeMessage([[1, JOB], [2, workers.length]])], // coordinated_job_list
  ]);
  const experimental = encodeMessage([
    [1, taskName(0)], // collective_group_leader
    [23, coordination], // coordination_config
  ]);
  return encodeMessage([[16, experimental]]);
}

/**
 * TensorFlow's `ServerDef`: the server that a worker runs for the others.
 *
 * Source: TensorFlow 2.21, core/protobuf/tensorflow_server.proto and cluster.proto.
 */
export function serverDef(spec: ClusterSpec, timeouts: ClusterTimeouts): Uint8Array<ArrayBuffer> {
  const tasks = spec.workers.map((address, index) =>
    [2, encodeMessage([[1, index], [2, address]])] as const
  );
  const cluster = encodeMessage([[1, encodeMessage([[1, JOB], ...tasks])]]);
  return encodeMessage([
    [1, cluster],
    [2, JOB], // job_name
    [3, spec.index], // task_index
    [4, configProto(spec, timeouts)], // default_session_config
    [5, "grpc"], // protocol
  ]);
}
